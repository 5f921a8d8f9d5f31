// What can be wrong with a row, and what to do about it.

#include "base/check.hpp"
#include "intake/columns.hpp"

namespace firstline::intake {
namespace {

constexpr Words words[] = {
    {"name.missing", "有证件号或电话但没有姓名：请补上姓名", "There is a number but no name: fill in the name"},
    {"name.too_long", "姓名过长：请检查是否填错了列", "The name is too long: is it in the right column?"},
    {"id_number.length", "身份证号应为 18 位：请核对", "An ID number has 18 characters: check it"},
    {"id_number.character", "身份证号含有其他字符：请核对", "The ID number has a character that cannot be: check it"},
    {"id_number.check_digit", "身份证号末位校验不符，多半是某一位填错：请对照证件核对",
     "The last character does not fit: one digit is probably wrong, check it against the card"},
    {"id_number.birth_date", "身份证号中的出生日期不存在：请核对",
     "The birth date inside the ID number cannot be: check it"},
    {"id_number.as_number", "身份证号被表格存成了数字，后三位已丢失：请把该列设为“文本”后重新填写",
     "The spreadsheet kept the ID number as a number and lost its last digits: format the column as text and fill it in again"},
    {"id_number.twice_in_file", "同一身份证号在本表中出现两次：请删去一行",
     "This ID number is in the list twice: take one row out"},
    {"phone.bad", "电话号码不像是电话：请核对", "This is no telephone number: check it"},
    {"born.unreadable", "出生日期看不懂：请写成 1950-03-15", "The birth date cannot be read: write it like 1950-03-15"},
    {"born.differs_from_id_number", "出生日期与身份证号不一致：请核对其中之一",
     "The birth date is not the one in the ID number: check both"},
    {"stay.unreadable", "暂住到期日看不懂：请写成 2022-05-31",
     "The last day of the stay cannot be read: write it like 2022-05-31"},
    {"marks.unknown", "特殊情况中有不认识的词，未导入；可写：独居、无手机、残疾、孕妇、透析、化疗、定期就医",
     "A word under special needs is not known and was left out; known: lone elder, no phone, disabled, pregnant, regular treatment"},
    {"door.unreadable", "门牌看不懂：请写成 3-2-502 或 3号楼2单元502",
     "The address cannot be read: write it like 3-2-502"},
    {"home.no_building", "没有楼栋：请补上", "The building is missing: fill it in"},
    {"home.no_room", "没有房号：请补上", "The room is missing: fill it in"},
    {"home.floor_and_room_differ", "楼层与房号不一致，已按表中所写的楼层处理：请核对",
     "Floor and room do not fit each other; the floor as written was taken: check it"},
    {"home.no_compound", "本社区有多个小区：请补上小区名称", "This community has several compounds: say which"},
    {"home.unknown_compound", "没有这个小区：请核对名称；若确实是新小区，请选“允许新建”",
     "There is no such compound: check the name, or allow new places if it is a new one"},
    {"grid.unknown", "没有这个网格：请核对名称；若确实是新网格，请选“允许新建”",
     "There is no such grid: check the name, or allow new places if it is a new one"},
    {"grid.two_for_building", "前面有一行把同一楼栋写在另一个网格：请统一填写",
     "An earlier row puts this building into another grid: write them alike"},
    {"place.empty", "小区、网格、楼栋都没有填：请补上或删去此行",
     "No compound, grid or building is written: fill it in or take the row out"},
    {"home.unknown", "没有这个楼栋、单元或房号：请核对；若确实存在，请选“允许新建”",
     "There is no such building, unit or room: check it, or allow new places if it does exist"},
    {"home.mixed", "同一楼栋内有的有单元、有的没有：请统一填写",
     "Some rooms of this building have a unit and some have none: write them alike"},
    {"person.elsewhere", "此人登记在其他社区：请先与对方社区核对",
     "This person is registered in another community: settle it with them first"},
    {"person.same_name_and_birth", "同一户已有同名同生日但身份证号不同的人：请核对是否同一人",
     "The home has somebody of this name and birth date with another ID number: check whether it is the same person"},
    {"person.twice_in_file", "同一户同名同生日的人在本表中出现两次：请删去一行",
     "The same person is in this home twice: take one row out"},
    {"person.alike_in_list", "同一户内前面有姓名读音相近的一行：请核对是否同一人写了两次",
     "An earlier row of this home has a name that sounds alike: is it the same person twice?"},
    {"person.may_be_same", "姓名读音相近，可能是已登记的同一个人：请在导入页面逐行确认，未确认的行不导入",
     "Sounds like somebody who is registered: say on the import page whether it is the same person; not taken before"},
    {"person.same_name", "同一户已有同名的人，但表中没有身份证号或出生日期可以核对：按同一人处理",
     "The home has somebody of this name and the row has no number or birth date to tell: taken for the same person"},
};

}  // namespace

const Words& problem_words(std::string_view code) {
  for (const Words& each : words)
    if (each.code == code) return each;
  FL_CHECK(false);
  return words[0];
}

}  // namespace firstline::intake
