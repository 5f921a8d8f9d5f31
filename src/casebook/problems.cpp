#include "casebook/columns.hpp"

namespace firstline::casebook {
namespace {

constexpr Words words[] = {
    {"row.refused", "这一行不能接收：请核对后由发送方重发",
     "This row cannot be taken: check it and have it sent again"},
    {"id.missing", "没有病例编号：请补上，重发时才能识别为同一病例",
     "No id of the case: fill it in, else a second sending cannot be told from another case"},
    {"id.too_long", "病例编号太长", "The id of the case is too long"},
    {"text.too_long", "内容太长", "The text is too long"},
    {"age.bad", "年龄看不懂：请写 0 至 130 的数字", "The age cannot be read: write a number from 0 to 130"},
    {"day.unreadable", "日期看不懂：请写成 2022-03-15", "The day cannot be read: write it like 2022-03-15"},
    {"day.in_future", "日期在将来", "The day is in the future"},
    {"days.out_of_order", "日期前后不符：请核对发病、采样、报告、转归的先后",
     "The days do not fit each other: check onset, sample, report and outcome"},
    {"status.unknown", "病例分类看不懂：请写“确诊”“疑似”或“无症状感染者”",
     "The classification cannot be read: write confirmed, suspected or asymptomatic"},
    {"outcome.unknown", "转归看不懂：请写“治愈”“死亡”“排除”，未知则留空",
     "The outcome cannot be read: write recovered, died or excluded, or leave it empty"},
    {"confidence.unknown", "把握程度看不懂：请写“确定”“很可能”或“可能”",
     "The confidence cannot be read: write certain, probable or possible"},
    {"row.twice", "同一编号在名单中出现两次，内容不同：请核对",
     "The list has this id twice and says two things: check it"},
    {"row.changed_here", "此项已在本系统人工更正，名单又改成别的：请在病例页核对后更正",
     "This was corrected here by hand and the list now says something else: correct it on the case's page"},
    {"row.needs_second", "此变更须两人确认：请在病例页提出",
     "This change needs two persons: propose it on the case's page"},
    {"case.illegal_step", "病例不能从当前状态转为名单所写状态：请在病例页核对",
     "The case cannot go from its status to the list's: look at its page"},
    {"case.open_already", "此人在本系统已有未结病例：请在病例页核对，不再另立",
     "This person has an open case here already: look at its page; no second is opened"},
    {"case.changed_meanwhile", "病例刚被他人修改：请再导入一次",
     "Somebody changed this case meanwhile: import once more"},
    {"case.bad_moment", "时间前后不符", "The times do not fit each other"},
    {"case.not_in_list", "名单里没有这个编号的病例：请先导入病例名单",
     "No case of this id was taken from this source: import the line list first"},
    {"link.self", "病例不能感染自己", "A case cannot infect itself"},
    {"case.link_ring", "这样会形成循环传播：请核对方向",
     "A case would have infected itself by way of others: check the direction"},
    {"link.differs", "这两个病例已有关联，内容不同：请在病例页撤销后再导入",
     "These cases are linked already in another way: withdraw that on the case's page first"},
    {"person.other_name", "此号码登记的是另一个姓名：请核对号码和姓名",
     "The number belongs to another name here: check both"},
    {"person.ambiguous", "同一手机号下有两个同名的人：请补上身份证号",
     "Two people of this name share this phone: add the ID number"},
    {"id_number.length", "身份证号不是 18 位", "The ID number has not 18 characters"},
    {"id_number.character", "身份证号中有不该有的字符", "The ID number has a character that does not belong there"},
    {"id_number.check_digit", "身份证号末位校验不符：请核对原件",
     "The ID number's last digit does not fit: check the card"},
    {"id_number.birth_date", "身份证号中的出生日期不对", "The birth date in the ID number is impossible"},
    {"phone.bad", "电话号码不像是电话", "The phone number is none"},
};

}  // namespace

const Words& rejection_words(std::string_view code) {
  for (const Words& each : words)
    if (each.code == code) return each;
  return words[0];
}

}  // namespace firstline::casebook
