#include "http/problem.hpp"

#include <optional>

#include "json/json.hpp"

namespace firstline::http {
namespace {

struct Row {
  std::string_view reason;
  Problem problem;
};

constexpr Row rows[] = {
    {"json.syntax", {400, "The request is not valid JSON", "请求不是有效的 JSON"}},
    {"session.none", {401, "Please sign in", "请先登录"}},
    {"session.wrong_credentials", {401, "The login or the password is wrong", "账号或密码不正确"}},
    {"session.totp_required", {401, "Please enter the six digits of your code app", "请输入动态验证码"}},
    {"session.too_many_attempts", {429, "Too many attempts; please wait", "尝试次数过多，请稍后再试", 60}},
    {"session.password_expired",
     {403, "This password was handed out too long ago; please ask the office for a new one",
      "临时密码已过期，请到居委会重新领取"}},
    {"session.password_must_change", {403, "Please choose a password of your own first", "请先设置自己的新密码"}},
    {"session.second_factor_not_set",
     {403, "Your role needs a code app; please ask the office to set it up",
      "您的职责需要动态验证码，请联系居委会设置"}},
    {"account.person_has_one", {409, "This resident has an account already; end it first", "该居民已有账号，请先停用"}},
    {"account.exists", {409, "This login is taken; please choose another", "这个账号名已被使用，请换一个"}},
    {"account.unknown", {404, "There is no such account", "没有这个账号"}},
    {"account.bad_login",
     {400, "A login has 3 to 64 small letters, digits, dots or hyphens",
      "账号名为 3 至 64 个小写字母、数字、点或短横"}},
    {"account.bad_display_name", {400, "Please name the post, such as North gate", "请填写岗位名称，如“北门值守”"}},
    {"account.weak_password",
     {400, "A password has at least 10 characters and does not contain the login",
      "密码至少 10 个字符，且不能含账号名"}},
    {"account.same_password", {400, "The new password must differ from the old one", "新密码不能与旧密码相同"}},
    {"account.wrong_password", {403, "The old password is not right", "旧密码不正确"}},
    {"account.totp_missing",
     {400, "This role needs a code app; please make a new account for it", "该职责需要动态验证码，请另开账号"}},
    {"account.yourself", {403, "Nobody does this for themselves; please ask a colleague", "不能给自己办，请同事办理"}},
    {"account.not_yours", {403, "This account is looked after by somebody else", "这个账号不由您管理"}},
    {"account.left", {409, "This account has been closed", "这个账号已经离岗注销"}},
    {"account.reason_missing", {400, "Please say why, in at most 100 words", "请写明原因，最多 100 字"}},
    {"account.no_colleague", {400, "There is no colleague here with this login", "本社区没有这个账号的同事"}},
    {"access.not_yours_to_give", {403, "You cannot give this role here", "您不能授予此处的这个职责"}},
    {"access.elsewhere", {400, "This place is not part of it", "该处不在本辖区"}},
    {"access.no_such_grant", {409, "This account does not hold that role any more", "该账号已不担任这个职责"}},
    {"reset.none", {409, "Nobody has asked for this any more; please ask anew", "没有待确认的重置申请，请重新申请"}},
    {"reset.by_the_same", {403, "A second person must confirm this", "须由另一人确认"}},
    {"code.revoked", {409, "This code has been withdrawn; please ask the office", "此码已作废，请联系居委会"}},
    {"code.not_from_phone",
     {409, "This is not the phone that the code belongs to; please open your own page",
      "这不是本人手机上的码，请本人打开页面出示"}},
    {"code.names_nobody", {409, "This is a visitor's code; please use visits", "这是访客码，请按访客登记"}},
    {"code.unknown", {404, "There is no such code", "没有这张码"}},
    {"code.ended", {409, "This code has been withdrawn before", "此码此前已作废"}},
    {"code.paper_not_for_them",
     {409, "Paper codes are for people of 60 and above, under 18, or disabled",
      "纸质码只发给 60 岁以上、未满 18 岁或残疾居民"}},
    {"code.nothing_to_compare",
     {409, "Please add a photo, or the last four digits of the ID card or phone",
      "请添加照片，或证件、手机号后四位，供门岗核对"}},
    {"code.bad_days", {400, "Between 1 and 180 days, please", "有效期为 1 至 180 天"}},
    {"code.bad_hours", {400, "That is longer than such a code may live", "超出此类码的最长有效时间"}},
    {"code.bad_holder", {400, "The phone's key cannot be read", "手机密钥无法识别"}},
    {"code.name_missing", {400, "Please give a name", "请填写姓名"}},
    {"certificate.not_taken_here",
     {409, "The rules here take no certificates of other issuers", "本地规则不采信其他机构的健康证书"}},
    {"certificate.refused", {409, "This certificate could not be verified", "这张健康证书未通过验证"}},
    {"certificate.of_somebody_else",
     {409, "The name or birth date on the certificate differs", "证书上的姓名或出生日期与本人不符"}},
    {"certificate.no_nucleic_acid_test", {409, "This is no nucleic acid test", "证书不是核酸检测"}},
    {"certificate.no_result", {409, "The certificate tells no result", "证书没有检测结果"}},
    {"certificate.no_sampling_time", {409, "The certificate tells no sampling time", "证书没有采样时间"}},
    {"trust.none", {404, "No trust list has been signed yet", "尚未签发信任列表"}},
    {"revocations.none", {404, "This community has issued no codes yet", "本社区尚未发过码"}},
    {"try.bad_time", {400, "Please choose a time from now on, within sixty days", "请选择从现在起六十天内的时间"}},
    {"rulebook.unknown_pack", {400, "There is no such set of rules", "没有这套规则"}},
    {"rulebook.pack_elsewhere", {400, "These rules are made for another place", "这套规则不适用于本地"}},
    {"rulebook.no_difference", {400, "Nothing would change", "与届时规则相同，无需变更"}},
    {"rulebook.bad_start",
     {400, "The start must lie ahead, within sixty days", "生效时间须在当前时间之后、六十天以内"}},
    {"rulebook.order_missing", {400, "Please name the order that this rests on", "请填写依据的文件或通知"}},
    {"rulebook.unknown", {404, "There is no such change of rules", "没有这条规则变更"}},
    {"rulebook.by_the_same", {403, "A second person must confirm this", "须由另一人确认"}},
    {"rulebook.too_late", {409, "Its hour has come; please propose anew", "已到生效时间，请重新提出"}},
    {"rulebook.decided", {409, "Somebody has decided this already", "已经有人处理过了"}},
    {"policy.parameter_missing",
     {404, "Without these rules something would be left undecided", "缺少这套规则，有的情形将无规可依"}},
    {"policy.incoherent",
     {409, "Together these rules would treat a worse case more mildly", "规则相互矛盾：更严重的情形反而更宽松"}},
    {"enrolment.unknown",
     {404, "This code is wrong, used or too old; please ask for a new one", "配对码有误、已用过或已过期，请重新获取"}},
    {"device.unknown", {404, "This phone is not known here", "没有这部手机"}},
    {"device.revoked", {401, "This phone has been shut out; please ask the office", "这部手机已被停用，请联系居委会"}},
    {"device.bad_name", {400, "Please give the phone a name", "请给手机取个名字"}},
    {"device.reason_missing", {400, "Please say why", "请写明原因"}},
    {"access.denied", {403, "Your role does not cover this place", "您的职责范围不包括此处"}},
    {"request.forged", {403, "The request did not come from our own page", "请求不是来自本系统的页面"}},
    {"request.unknown_path", {404, "There is nothing at this address", "没有这个地址"}},
    {"request.wrong_method", {405, "This address does not take that method", "此地址不支持该方法"}},
    {"request.timeout", {408, "The request took too long to arrive", "请求接收超时"}},
    {"request.too_large", {413, "The request is too large", "请求内容过大"}},
    {"request.wrong_media_type", {415, "The request must be application/json", "请求内容须为 application/json"}},
    {"request.malformed", {400, "The request is not valid HTTP", "请求不符合 HTTP 规范"}},
    {"request.headers_too_large", {431, "The request's headers are too large", "请求头过大"}},
    {"store.queue_full", {503, "Too busy just now; please try again", "系统繁忙，请稍后再试", 1}},
    {"store.waited_too_long", {503, "Too busy just now; please try again", "系统繁忙，请稍后再试", 1}},
    {"request.too_many", {429, "Too many requests; please wait", "请求过于频繁，请稍后再试", 1}},
    {"pass.unknown", {404, "There is no pass with this number", "没有这个编号的出入证"}},
    {"pass.exists", {409, "This home has a valid pass already", "这户已有有效的出入证"}},
    {"pass.ended", {409, "This pass has ended already", "这张出入证已经停用"}},
    {"pass.bad_end", {400, "The last day must be from today on, within a year", "有效期须从今天起、一年以内"}},
    {"visit.unknown", {404, "There is no such visit here", "这里没有这条来访登记"}},
    {"visit.elsewhere", {404, "This visit is for another compound", "这是去别的小区的来访登记"}},
    {"visit.answered", {409, "The host has answered already", "主人已经答复过了"}},
    {"visit.changed", {409, "This visit has changed meanwhile; please look again", "来访登记刚有变动，请刷新再看"}},
    {"visit.over", {409, "This visit is over", "这次来访已经结束"}},
    {"visit.inside", {409, "The visitor is inside; let them leave first", "访客还在小区内，请先登记离开"}},
    {"visit.bad_place",
     {400, "Please choose where the visitor comes from, or leave it out", "请选择访客从哪里来，或留空"}},
    {"fact.unknown", {404, "There is no such record here", "这里没有这条记录"}},
    {"policy.version_gone",
     {409, "It was decided under rules that this program no longer carries", "当时的规则版本已不在本系统内"}},
    {"visit.bad_name", {400, "Please give the visitor's name, at most 20 characters", "请填写访客姓名，最多 20 个字"}},
    {"visit.bad_field", {400, "One of the entries is too long", "有一项填写过长或不合适"}},
    {"visit.bad_hours",
     {400, "The visit must end after it begins, and not be too long", "结束时间须晚于开始时间，且不能太长"}},
    {"visit.too_many",
     {429, "Too many announcements from here; please wait a minute", "登记过于频繁，请过一分钟再试", 60}},
    {"trip.unknown", {404, "There is no such trip here", "这里没有这条出行登记"}},
    {"trip.exists", {409, "This person has a trip registered already", "这个人已经登记了一次出行"}},
    {"trip.over", {409, "This trip is over, or has begun", "这次出行已经结束或已经出发"}},
    {"trip.changed", {409, "This trip has changed meanwhile; please look again", "出行登记刚有变动，请刷新再看"}},
    {"trip.nobody_named", {400, "Please say who is going", "请选择谁要出行"}},
    {"trip.not_one_household", {403, "One form is for one household", "一张表只登记同一户的人"}},
    {"trip.bad_place", {400, "Please say where you are going", "请填写去哪里"}},
    {"trip.bad_field", {400, "One of the entries is too long", "有一项填写过长"}},
    {"trip.bad_days",
     {400, "The day of return must not be before the day of leaving, nor in the past",
      "返回日期不能早于出发日期，也不能是过去"}},
    {"trip.bad_times", {400, "These times do not fit each other", "出发、返回的时间不合适"}},
    {"follow_up.decided", {409, "Somebody has decided this already", "已经有人处理过了"}},
    {"risk.nothing_in_it", {400, "There is no place in this list", "名单里没有地区"}},
    {"approval.bad_day",
     {400, "An outing can be approved for today and the next seven days", "只能批准今天起七天内的外出"}},
    {"command.id_reused", {409, "This command id was used for something else", "该指令编号已用于其他操作"}},
    {"area.exists", {409, "There is one with this number already", "该编号已存在"}},
    {"area.label_taken", {409, "Another place of the compound is called so already", "本院内已有同样的简称"}},
    {"area.changed", {409, "Somebody changed this place meanwhile; look at it again", "该处刚被他人修改，请重新查看"}},
    {"area.bad_name", {400, "Please give a name", "请填写名称"}},
    {"area.no_number",
     {400, "The name must hold a number, such as Building 7 or Room 502", "名称中须有编号，如 7号楼、502室"}},
    {"area.wrong_parent", {400, "This cannot stand there", "不能放在该处"}},
    {"area.no_household", {400, "This is not a home", "该处不是住户"}},
    {"trace.not_determined",
     {409, "The rules in force name no contacts any more", "现行规定已不再判定密接，不能开展密接排查"}},
    {"trace.window_bad",
     {400, "The time asked for lies in the future, is upside down, or is longer ago than passages are kept",
      "所填时间在将来、前后颠倒，或早于通行记录的保存期限"}},
    {"trace.not_ready",
     {503, "The index is being built; please try again in a moment", "正在整理通行记录，请稍后再试"}},
    {"gate.changed", {409, "Somebody changed this gate meanwhile; look at it again", "该卡口刚被他人修改，请重新查看"}},
    {"gate.unknown",
     {404, "There is no gate with this code; it may have been replaced", "没有这个场所码，可能已经更换"}},
    {"point.changed",
     {409, "Somebody changed this point meanwhile; look at it again", "该点位刚被他人修改，请重新查看"}},
    {"point.off_plan", {400, "The point lies outside the plan", "点位不在图内"}},
    {"person.none_of_this_account", {404, "This account belongs to no resident", "这个账号没有对应的居民"}},
    {"correction.unknown", {404, "There is no such request here", "这里没有这条更正申请"}},
    {"correction.no_words", {400, "Please write a few words, at most 500", "请写几句话，最多 500 字"}},
    {"correction.too_many",
     {409, "Three requests wait already; the office will answer them first", "已有三条申请在等待答复，请稍候"}},
    {"correction.answered", {409, "Somebody has answered this already", "已经有人答复过了"}},
    {"person.unknown", {404, "This person is not known here", "没有查到这个人"}},
    {"person.exists", {409, "This ID number belongs to somebody else already", "该身份证号已登记在另一人名下"}},
    {"person.changed",
     {409, "Somebody changed this record meanwhile; look at it again", "该记录刚被他人修改，请重新查看"}},
    {"person.set_aside",
     {409, "This record was merged into another or withdrawn; please search again",
      "该记录已合并或已撤销，请重新查询"}},
    {"person.not_merged", {409, "These records are not merged", "这些记录并未合并"}},
    {"person.moved_out", {409, "This person has moved out and has no home here", "该居民已迁出，没有住处"}},
    {"merge.itself", {400, "A record cannot be merged with itself", "不能与自己合并"}},
    {"merge.unknown", {404, "There is no such merging", "没有这次合并"}},
    {"merge.undone", {409, "This merging was taken back already", "这次合并已被撤销"}},
    {"merge.later_first",
     {409, "Another record was merged into this one later; take that back first",
      "之后还合并过另一条记录，请先撤销那一次"}},
    {"trip.both_away",
     {409, "Both records have a trip registered; end or cancel one of them first",
      "两条记录都有未结束的出行，请先结束或取消其中一次"}},
    {"person.bad_name", {400, "Please give a name", "请填写姓名"}},
    {"person.nothing_to_change", {400, "Nothing was changed", "没有任何改动"}},
    {"phone.bad", {400, "This is no phone number", "电话号码不正确"}},
    {"id_number.length", {400, "An ID number has 18 characters", "身份证号应为 18 位"}},
    {"id_number.character",
     {400, "An ID number has digits only, and perhaps an X at the end", "身份证号只能是数字，末位可为 X"}},
    {"id_number.check_digit", {400, "The ID number has a typing error (check digit)", "身份证号有误（校验位不符）"}},
    {"id_number.birth_date", {400, "The ID number holds an impossible birth date", "身份证号中的出生日期不正确"}},
    {"edit.note_missing", {400, "Please say why", "请写明原因"}},
    {"edit.stay_over", {400, "The last day of the stay is already past", "暂住截止日期已过"}},
    {"appeal.unknown", {404, "There is no such appeal here", "这里没有这份转码申请"}},
    {"appeal.unknown_paper", {404, "There is no such paper", "没有这份材料"}},
    {"appeal.over", {409, "This appeal has moved on or ended; please look again", "申请已转交或已办结，请刷新再看"}},
    {"appeal.one_open", {409, "An appeal is under way already", "已有一份申请正在办理"}},
    {"appeal.at_the_top", {409, "There is no office above this one", "已在最高一级"}},
    {"appeal.above_you", {403, "This is for the office that has it in hand", "须由正在办理的上级机构处理"}},
    {"appeal.no_words", {400, "Please write a few words, at most 500", "请写几句话，最多 500 字"}},
    {"appeal.bad_paper",
     {400, "A paper is a JPEG, PNG or PDF of at most 2 MB", "材料须为 2 MB 以内的 JPEG、PNG 或 PDF"}},
    {"appeal.too_many_papers", {400, "At most three papers, please", "最多三份材料"}},
    {"colour.unknown_proposal", {404, "There is no such entry", "没有这条待确认的颜色"}},
    {"colour.by_the_same", {403, "A second person must confirm this", "须由另一人确认"}},
    {"colour.decided", {409, "Somebody has decided this already", "已经有人处理过了"}},
    {"colour.no_document", {400, "Please name the document that this rests on", "请填写依据的文件或通知"}},
    {"laboratory.bad_source", {400, "Please name the laboratory or clinic", "请填写检测或接种机构的名称"}},
    {"laboratory.bad_message", {400, "Between 1 and 200 results in a message, please", "每次请发送 1 至 200 条结果"}},
    {"laboratory.unknown_batch", {404, "There is no such file here", "这里没有这个文件"}},
    {"table.no_headings",
     {400, "No row with headings was found: number, name, ID number, time, result",
      "没有找到表头行：应有编号、姓名、身份证号、时间、结果等列"}},
    {"mapping.missing", {400, "A column is missing in this file", "文件缺少必需的列"}},
    {"fhir.not_json", {400, "This is no valid FHIR JSON", "不是有效的 FHIR JSON 文件"}},
    {"fhir.resource_too_large", {400, "A resource is larger than 1 MB", "有一个资源超过 1 MB"}},
    {"file.unreadable", {400, "The file cannot be read", "文件无法读取"}},
    {"search.too_short",
     {400, "Give at least 2 Chinese characters, 3 letters, 4 digits or a room like 3-2-502",
      "请至少输入两个汉字、三个字母、四位数字，或房号如 3-2-502"}},
    {"table.too_large",
     {413, "The file is too large: 32 MB and 4.5 million cells at most; split the list",
      "文件过大：最多 32 MB、450 万个单元格，请拆分"}},
    {"table.unpacks_too_large",
     {400, "The file unpacks to far more than a list can be: save the sheet anew and try again",
      "文件解压后过大，不像是名单：请另存后重试"}},
    {"table.too_many_rows",
     {400, "The sheet has more than 300,000 rows, counting empty ones: delete the empty rows or split the list",
      "表格超过 30 万行（空行也计入）：请删除空行或拆分名单"}},
    {"table.too_many_columns",
     {400, "A row has more than 100 columns: delete the columns that are not needed",
      "某行超过 100 列：请删除不需要的列"}},
    {"table.cell_too_long", {400, "A cell holds more than 2,000 characters", "某个单元格超过 2000 个字符"}},
    {"table.empty", {400, "There is nothing in the file", "文件中没有内容"}},
    {"table.not_text", {400, "The file is neither CSV nor XLSX", "文件既不是 CSV 也不是 XLSX"}},
    {"table.unclosed_quote",
     {400, "A quotation mark is opened and never closed; see the line", "有引号没有配对，请看所示的行"}},
    {"table.not_xlsx", {400, "The XLSX file is damaged: save it anew and try again", "XLSX 文件已损坏：请另存后重试"}},
    {"table.old_excel",
     {400, "This is an old Excel file or has a password: save it as .xlsx without one",
      "这是旧版 Excel 或加密文件：请另存为不加密的 .xlsx"}},
    {"table.protected", {400, "The file has a password: save it without one", "文件已加密：请取消密码后另存"}},
    {"mapping.home_missing",
     {400, "Say which columns hold building and room, or the whole address",
      "请指出哪一列是楼栋和房号，或哪一列是门牌"}},
    {"mapping.twice", {400, "Two columns are said to hold the same", "有两列被指定为同一内容"}},
    {"import.rows_refused",
     {409, "Some rows are refused: mend them, or take the good rows only",
      "有些行不能导入：请先修改，或只导入没有问题的行"}},
    {"import.undecided",
     {409, "Some rows may be somebody who is registered; say for each, or take the good rows only",
      "有的行可能是已登记的人；请逐行确认，或只导入合格的行"}},
    {"gone.not_among_them",
     {400, "Somebody chosen is not among those missing from the list", "所选的人不在名单缺少的人之中"}},
    {"gone.bad_day",
     {400, "The day must be within the last year and not in the future", "日期应在一年之内且不晚于今天"}},
    {"import.under_way", {409, "This import is being worked on already", "此次导入正在进行中"}},
    {"import.wrong_state", {409, "That cannot be done with this import any more", "此次导入已不能这样操作"}},
    {"import.not_base64", {400, "The file did not arrive whole", "文件没有完整传来"}},
    {"reading.nothing_read", {400, "A reading has either a code or an ID number", "一次读取须有扫码内容或证件号之一"}},
    {"offline.no_device", {400, "Only an enrolled phone hands in a queue", "只有已登记的手机才能补传记录"}},
    {"offline.nobody_signed_in", {400, "Sign in on this phone to hand in a shift", "请先在本机登录，再补传值班记录"}},
    {"offline.too_many", {400, "At most 200 records at once", "一次最多补传 200 条记录"}},
    {"offline.bad_carrier", {400, "Sign in to hand in another phone's queue", "请先登录，再代传其他手机的记录"}},
    {"offline.verdicts_missing", {400, "A verdict is missing for somebody", "缺少某人的离线判定"}},
    {"offline.not_one_kind", {400, "A record holds exactly one command", "一条记录只能包含一个操作"}},
    {"offline.other_id", {400, "The command has another id than its record", "操作编号与记录编号不一致"}},
    {"offline.too_old",
     {409, "This record is older than 31 days: tell the office", "记录已超过 31 天，请交居委会处理"}},
    {"offline.conflict",
     {409, "Somebody entered something else meanwhile; the office decides", "期间有人作了不同登记，由居委会裁定"}},
    {"offline.unknown_conflict", {404, "There is no such conflict", "没有这条冲突"}},
    {"offline.decided_already", {409, "This has been decided already", "这条冲突已裁定"}},
    {"offline.seen_already", {409, "Somebody has looked at this already", "已有人查看"}},
    {"server.stopping", {503, "The service is restarting; please try again", "服务正在重启，请稍后再试", 1}},
};

Problem by_code(FaultCode code) {
  switch (code) {
    case FaultCode::not_found:
      return {404, "Not found", "未找到"};
    case FaultCode::conflict:
      return {409, "This conflicts with what is already there", "与已有内容冲突"};
    case FaultCode::invalid:
      return {400, "The request is not acceptable", "请求内容不符合要求"};
    case FaultCode::unauthenticated:
      return {401, "Please sign in again", "请重新登录"};
    case FaultCode::forbidden:
      return {403, "This is not allowed", "不允许此操作"};
    case FaultCode::stale:
      return {409, "Someone has changed this meanwhile", "内容已被他人更新"};
    case FaultCode::busy:
      return {503, "Too busy just now; please try again", "系统繁忙，请稍后再试", 1};
    case FaultCode::unavailable:
      return {503, "Not available just now; please try again", "服务暂不可用，请稍后再试", 2};
    case FaultCode::corrupt:
      break;
  }
  return {500, "Something went wrong on our side", "系统内部错误"};
}

struct Body {
  std::string_view type, title, title_zh;
  unsigned status;
  std::string_view code;
  std::optional<std::string_view> where, detail;
  std::optional<int> retry_after_seconds;
};
BOOST_DESCRIBE_STRUCT(Body, (), (type, title, title_zh, status, code, where, detail, retry_after_seconds))

}  // namespace

Problem problem_of(const Fault& fault) {
  for (const Row& row : rows)
    if (row.reason == fault.reason) return row.problem;
  return by_code(fault.code);
}

std::string problem_body(const Fault& fault, const Problem& problem) {
  const std::string type = "urn:firstline:problem:" + fault.reason;
  Body body{type, problem.title, problem.title_zh, problem.status, fault.reason, {}, {}, {}};
  if (!fault.where.empty()) body.where = fault.where;
  if (fault.code == FaultCode::invalid && !fault.detail.empty()) body.detail = fault.detail;
  if (problem.retry_after_seconds > 0) body.retry_after_seconds = problem.retry_after_seconds;
  return json::write(body);
}

}  // namespace firstline::http
