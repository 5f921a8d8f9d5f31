#include "laboratory/model.hpp"

namespace firstline::laboratory {
namespace {

constexpr Words words[] = {
    {"row.refused", "这一行不能接收：请核对后由发送方重发",
     "This row cannot be taken: check it and have it sent again"},
    {"external_id.missing", "没有样本（记录）编号：请补上，重发时才能识别为同一条",
     "No number of the sample or record: fill it in, else a second sending cannot be told from another record"},
    {"version.not_a_number", "版本号不是数字", "The version is not a number"},
    {"state.unknown", "检测结果看不懂：请写“阴性”“阳性”“混管异常”“无效”“检测中”或“已采样”",
     "The result cannot be read: write negative, positive, pool_abnormal, invalid, testing or sampled"},
    {"moment.unreadable", "时间看不懂，或只有日期没有时刻：请写成 2022-03-15 14:30",
     "The time cannot be read, or is a day without an hour: write it like 2022-03-15 14:30"},
    {"day.unreadable", "日期看不懂：请写成 2022-03-15", "The day cannot be read: write it like 2022-03-15"},
    {"kind.unknown", "检测方法不认识：请写“核酸”或“抗原”（FHIR：不在已知的检测代码中）",
     "The method is not known: write nucleic_acid or antigen (FHIR: none of the known test codes)"},
    {"product.missing", "没有疫苗名称", "The vaccine is missing"},
    {"name.missing", "没有姓名：只凭号码不接收", "The name is missing: a number alone is not enough"},
    {"number.missing", "没有身份证号，也没有手机号：只凭姓名不接收",
     "Neither an ID number nor a phone: a name alone is not enough"},
    {"person.other_name", "此号码登记的是另一个姓名：请核对号码和姓名",
     "The number belongs to another name here: check both"},
    {"person.unknown_id_number", "本系统没有登记此身份证号：请先登记此人",
     "Nobody is registered under this ID number: register the person first"},
    {"person.unknown_phone", "没有用此手机号登记的这个姓名：请补上身份证号",
     "Nobody of this name is registered under this phone: add the ID number"},
    {"person.ambiguous", "同一手机号下有两个同名的人：请补上身份证号",
     "Two people of this name share this phone: add the ID number"},
    {"person.elsewhere", "此人登记在所选范围以外的社区", "This person is registered outside the chosen area"},
    {"id_number.length", "身份证号不是 18 位", "The ID number has not 18 characters"},
    {"id_number.character", "身份证号中有不该有的字符", "The ID number has a character that does not belong there"},
    {"id_number.check_digit", "身份证号末位校验不符：请核对原件",
     "The ID number's last digit does not fit: check the card"},
    {"id_number.birth_date", "身份证号中的出生日期不对", "The birth date in the ID number is impossible"},
    {"phone.bad", "电话号码不像是电话", "The phone number is none"},
    {"health.reading_from_future", "采样或报告时间在将来", "The sample or the report is from the future"},
    {"health.reported_before_sampled", "报告时间早于采样时间", "It was reported before it was sampled"},
    {"health.negative_without_report", "阴性结果没有报告时间", "A negative result needs the time of its report"},
    {"health.no_sample", "没有采样", "Nothing was sampled"},
    {"health.bad_key", "编号太长，或版本号不对", "The number is too long or the version is impossible"},
    {"health.bad_source", "检测机构或疫苗名称为空或太长", "The source or the product is empty or too long"},
    {"health.version_differs", "同一编号同一版本以前来过，但内容不同：更正请用更高的版本号",
     "This version came before and said something else: a correction needs a higher version"},
    {"health.bad_dose", "剂次看不懂：请写 1、2、3", "The dose cannot be read: write 1, 2, 3"},
    {"health.given_in_future", "接种日期在将来", "The vaccination is in the future"},
    {"fhir.not_final", "资源不是最终结果（final、amended、corrected）",
     "The resource is not final, amended or corrected"},
    {"fhir.not_completed", "接种资源的状态不是 completed", "The immunization is not completed"},
    {"fhir.no_patient", "找不到所指的 Patient", "The Patient that it points at is not in the file"},
};

}  // namespace

const Words& rejection_words(std::string_view code) {
  for (const Words& each : words)
    if (each.code == code) return each;
  return words[0];
}

}  // namespace firstline::laboratory
