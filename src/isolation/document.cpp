#include "isolation/document.hpp"

#include <fmt/format.h>

#include "isolation/words.hpp"

namespace firstline::isolation {
namespace {

using paper::Block;
using paper::Sheet;
using paper::Style;

std::string moment_text(Instant at) { return format_instant(at).substr(0, 16).replace(10, 1, " "); }

void row(Sheet& sheet, const char* label, std::string value) {
  if (!value.empty()) sheet.blocks.push_back({Style::row, label, std::move(value)});
}
void text(Sheet& sheet, Style style, std::string words) { sheet.blocks.push_back({style, std::move(words), {}}); }

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : between) + part;
  return all;
}

std::string tests_text(const DocumentContent& content, const DocumentWords& words) {
  std::vector<std::string> days;
  for (const TestDay& test : content.clock.tests)
    days.push_back(fmt::format("{}{}{} {}", words.say("第", "day "), test.day, words.say("天", ","),
                               format_date(civil_date(test.from)).substr(5)));
  return joined(days, words.say("；", "; "));
}

void add_person(Sheet& sheet, const DocumentContent& content, const DocumentWords& words) {
  row(sheet, words.say("姓名", "Name"), content.name);
  if (!content.id_last4.empty()) row(sheet, words.say("证件号码末四位", "ID, last four"), content.id_last4);
  row(sheet, words.say("住址", "Address"), content.address);
  row(sheet, words.say("本单编号", "Number"), content.number);
  row(sheet, words.say("决定机关", "Decided by"), content.issuer);
  row(sheet, words.say("决定文号", "Document"), content.document);
}

void add_basis(Sheet& sheet, const DocumentContent& content, const DocumentWords& words) {
  row(sheet, words.say("法律依据", "Legal basis"), words.law(content.decided_at));
  row(sheet, words.say("方案依据", "Rules applied"), joined(content.policies, words.say("；", "; ")));
}

void add_order(Sheet& sheet, const DocumentContent& content, const DocumentWords& words) {
  row(sheet, words.say("事由", "Ground"), words.ground(content));
  std::vector<std::string> stays;
  for (const Stay& stay : content.clock.stays) stays.push_back(words.stay(stay));
  row(sheet, words.say("方式与期限", "Kind and time"), joined(stays, "\n"));
  row(sheet, words.say("核酸检测", "Tests"), tests_text(content, words));
  add_basis(sheet, content, words);
  text(sheet, Style::heading, words.say("请您做到", "What is asked of you"));
  int number = 0;
  std::vector<std::string> lines =
      words.duties(content.clock.stays.empty() ? IsolationKind::central : content.clock.stays.front().kind);
  if (const std::string reports = words.reports(content.monitored); !reports.empty())
    lines.insert(lines.begin() + 1, reports);
  for (const std::string& line : lines) text(sheet, Style::body, fmt::format("{}. {}", ++number, line));
  text(sheet, Style::heading, words.say("您的权利", "Your rights"));
  text(sheet, Style::body,
       words.say("您可以查看自己处于第几天、还缺什么、由谁决定；期满并符合条件的，由决定机关解除并出具通知书。",
                 "You can see which day it is, what is still missing and who decides. When the time is over and the "
                 "conditions are met, the body that decided ends it and gives you a certificate."));
  text(
      sheet, Style::body,
      words.say(
          "对本决定有异议的，可在本人页面或书面向决定机关提出，也可以依法申请行政复议或提起行政诉讼；异议期间请先照做。",
          "If you object, say so on your page or in writing to the body that decided; you may also apply for administrative reconsideration "
          "or go to court. Please follow the notice meanwhile."));
}

void add_end(Sheet& sheet, const DocumentContent& content, const DocumentWords& words) {
  row(sheet, words.say("事由", "Ground"), words.ground(content));
  const Instant ended = content.ended_at.value_or(content.decided_at);
  row(sheet, words.say("观察起止", "From and to"),
      fmt::format("{} {} {}", moment_text(content.effective_at), words.say("至", "to"), moment_text(ended)));
  row(sheet, words.say("核酸检测", "Tests"),
      fmt::format("{} {}", words.say("期间阴性次数", "negative results in this time:"), content.negatives));
  add_basis(sheet, content, words);
  text(sheet, Style::body,
       words.say(
           "上述人员的隔离医学观察自本通知载明的时间起解除。任何单位不得以曾被隔离为由拒绝其回家、通行、就医或复工。",
           "The isolation of the person named above has ended at the time stated. Nobody may refuse them their "
           "home, passage, medical care or work because they were isolated."));
}

}  // namespace

Sheet sheet_of(const DocumentContent& content, DocumentLanguage language) {
  const DocumentWords words{language};
  Sheet sheet;
  sheet.title = words.title(content);
  sheet.made_at = content.made_at;
  if (content.generated) sheet.watermark = words.say("演示数据", "DEMONSTRATION");
  text(sheet, Style::title, sheet.title);
  add_person(sheet, content, words);
  if (content.kind == DocumentKind::order) add_order(sheet, content, words);
  else add_end(sheet, content, words);
  if (!content.office_phone.empty())
    text(sheet, Style::body,
         fmt::format("{} {}", words.say("社区值班电话：", "The community's telephone:"), content.office_phone));
  text(sheet, Style::small,
       words.say("个人信息仅用于本次疫情处置，处置结束后按规定销毁。",
                 "Personal data serve this response only and are destroyed after it."));
  text(sheet, Style::signature, content.issuer + "\n" + format_date(civil_date(content.decided_at)));
  sheet.foot = fmt::format("{} · {} {} · {}", content.community_name, words.say("打印于", "printed"),
                           moment_text(content.made_at), content.policy_version);
  return sheet;
}

}  // namespace firstline::isolation
