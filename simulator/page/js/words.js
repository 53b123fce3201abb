/** Every word of the page's own, in English, Vietnamese and Chinese; what stands in {braces} is filled in. */

export const LANGUAGES = { en: "English", vi: "Tiếng Việt", zh: "中文" };
const ORDER = Object.keys(LANGUAGES);

const WORDS = {
  title: ["Phones", "Điện thoại", "手机"],
  skip: ["To the phones", "Đến các điện thoại", "跳到手机"],
  phones: ["Phones", "Các điện thoại", "手机列表"],
  language: ["Language of this page", "Ngôn ngữ của trang", "页面语言"],
  zone: ["Time zone", "Múi giờ", "时区"],
  more: ["More controls", "Thêm điều khiển", "更多控制"],
  close: ["Close", "Đóng", "关闭"],
  cancel: ["Cancel", "Hủy", "取消"],

  clock: ["Clock", "Đồng hồ", "时钟"],
  moving: ["moving… {day}", "đang chạy… {day}", "推进中… {day}"],
  moveNext: ["Next message", "Tin kế tiếp", "下一条消息"],
  moveDay: ["+1 day", "+1 ngày", "+1 天"],
  moveWeek: ["+1 week", "+1 tuần", "+1 周"],
  moveMonth: ["+1 month", "+1 tháng", "+1 个月"],
  moveDate: ["Go to a date", "Đến ngày…", "跳到日期"],
  moveGo: ["Go", "Đi", "前往"],
  moveWhen: ["Day and time ({zone})", "Ngày và giờ ({zone})", "日期和时间（{zone}）"],
  noFollower: [
    "The bot is not running: start `cradle run`",
    "Bot chưa chạy: hãy chạy `cradle run`",
    "机器人未运行：请启动 `cradle run`",
  ],
  connectionLost: [
    "The simulator does not answer. Trying again…",
    "Trình mô phỏng không trả lời. Đang thử lại…",
    "模拟器没有响应，正在重试…",
  ],
  refused: ["This did not work ({status}).", "Không thực hiện được ({status}).", "操作失败（{status}）。"],

  addPhone: ["Phone", "Điện thoại", "手机"],
  addPhoneTitle: ["Add a phone", "Thêm điện thoại", "添加手机"],
  add: ["Add", "Thêm", "添加"],
  name: ["Name", "Tên", "姓名"],
  label: ["Label (who is it?)", "Nhãn (là ai?)", "标签（是谁？）"],
  phoneLanguage: ["Language of the phone", "Ngôn ngữ điện thoại", "手机语言"],
  phoneNumber: ["Phone number", "Số điện thoại", "电话号码"],
  optional: ["optional", "không bắt buộc", "可选"],
  emptyTitle: ["No phones yet", "Chưa có điện thoại nào", "还没有手机"],
  emptyText: [
    "Each phone is one person who can write to the bot. Nothing leaves this computer.",
    "Mỗi điện thoại là một người có thể nhắn cho bot. Không có gì rời khỏi máy này.",
    "每部手机代表一个可以给机器人发消息的人。数据不会离开这台电脑。",
  ],
  addFour: ["Set up four phones", "Tạo bốn điện thoại", "设置四部手机"],
  volunteer: ["Volunteer", "Cộng tác viên", "志愿者"],
  mother: ["Mother", "Mẹ", "妈妈"],
  father: ["Father", "Bố", "爸爸"],
  nurse: ["Nurse", "Điều dưỡng", "护士"],
  fold: ["Fold this phone away", "Thu gọn điện thoại", "收起手机"],
  unfold: ["Show the phone of {name}", "Mở điện thoại của {name}", "展开 {name} 的手机"],
  unread: ["{count} unread", "{count} tin chưa đọc", "{count} 条未读"],

  scan: ["Scan a QR code with this phone", "Quét mã QR bằng máy này", "用这部手机扫描二维码"],
  scanning: [
    "{name}'s camera: choose a picture on another phone",
    "Máy ảnh của {name}: chọn một ảnh trên điện thoại khác",
    "{name} 的相机：请选择另一部手机上的图片",
  ],
  scanFile: ["A picture from this computer…", "Ảnh từ máy tính…", "本机图片…"],
  scanOpened: ["{name} opened the chat from the code.", "{name} đã mở trò chuyện từ mã.", "{name} 已通过二维码打开聊天。"],
  scanRead: ["The code says: {text}", "Nội dung mã: {text}", "二维码内容：{text}"],
  block: ["Block the bot", "Chặn bot", "屏蔽机器人"],
  unblock: ["Unblock the bot", "Bỏ chặn bot", "解除屏蔽"],

  openWhere: ["Open on which phone?", "Mở trên điện thoại nào?", "在哪部手机上打开？"],
  openHere: ["this phone", "điện thoại này", "这部手机"],

  bot: ["bot", "bot", "机器人"],
  typing: ["typing…", "đang nhập…", "正在输入…"],
  start: ["START", "BẮT ĐẦU", "开始"],
  canDo: ["What can this bot do?", "Bot này làm được gì?", "这个机器人能做什么？"],
  restart: ["UNBLOCK", "BỎ CHẶN", "解除屏蔽"],
  gone: ["This account was deleted.", "Tài khoản này đã bị xóa.", "此账号已注销。"],
  compose: ["Message", "Tin nhắn", "消息"],
  send: ["Send", "Gửi", "发送"],
  commands: ["Menu", "Menu", "菜单"],
  noCommands: ["The bot has no commands.", "Bot chưa có lệnh nào.", "机器人没有命令。"],
  attach: ["Attach", "Đính kèm", "附件"],
  photo: ["Photo", "Ảnh", "照片"],
  voice: ["Voice message", "Tin nhắn thoại", "语音消息"],
  document: ["Document", "Tệp", "文件"],
  contact: ["Share a contact", "Chia sẻ liên hệ", "分享联系人"],
  caption: ["Caption", "Chú thích", "说明文字"],
  showKeys: ["Show or hide the keys", "Hiện hoặc ẩn các phím", "显示或隐藏按键"],
  keys: ["Keys", "Các phím", "按键"],
  toNewest: ["To the newest message", "Đến tin mới nhất", "到最新消息"],
  edited: ["edited", "đã sửa", "已编辑"],
  forwarded: ["Forwarded", "Đã chuyển tiếp", "转发"],
  enlarge: ["Enlarge the photo", "Phóng to ảnh", "放大照片"],
  reveal: ["Hidden text: press to read", "Chữ ẩn: nhấn để đọc", "隐藏文字：点击查看"],
  otherKind: ["A message of another kind", "Tin nhắn loại khác", "其他类型的消息"],
  copied: ["Copied.", "Đã sao chép.", "已复制。"],
  conversation: ["Conversation of {name}", "Cuộc trò chuyện của {name}", "{name} 的聊天"],
  whose: ["Whose contact?", "Liên hệ của ai?", "谁的联系方式？"],
  own: ["Her or his own", "Của chính người này", "本人"],
  stranger: ["Somebody else", "Người khác", "其他人"],
  choose: ["Choose a file", "Chọn tệp", "选择文件"],

  journal: ["Journal", "Nhật ký", "日志"],
  journalAll: ["All methods", "Mọi phương thức", "所有方法"],
  journalErrors: ["Errors only", "Chỉ lỗi", "仅错误"],
  journalEmpty: ["The bot has not called yet.", "Bot chưa gọi lần nào.", "机器人尚未调用。"],
  trouble: ["Trouble", "Sự cố", "故障"],
  troubleText: [
    "Make the next calls of the bot go wrong, as they do with the real Telegram.",
    "Làm cho các lời gọi tiếp theo của bot gặp lỗi, như với Telegram thật.",
    "让机器人接下来的调用出错，就像真实的 Telegram 一样。",
  ],
  kind: ["What goes wrong", "Loại lỗi", "故障类型"],
  method: ["Method", "Phương thức", "方法"],
  anyMethod: ["any", "bất kỳ", "任意"],
  toPhone: ["To the phone", "Đến điện thoại", "发往手机"],
  times: ["Times", "Số lần", "次数"],
  after: ["After so many calls", "Sau số lần gọi", "在若干次调用之后"],
  seconds: ["Seconds", "Số giây", "秒数"],
  newChat: ["New chat id", "Mã chat mới", "新聊天编号"],
  inject: ["Inject", "Gây lỗi", "注入"],
  faultsNow: ["Waiting faults", "Lỗi đang chờ", "待触发的故障"],
  none: ["none", "không có", "无"],
  clear: ["Clear all", "Xóa hết", "全部清除"],
  limits: ["Telegram's limits of speed", "Giới hạn tốc độ của Telegram", "Telegram 的速率限制"],
  reset: ["Empty everything", "Xóa toàn bộ", "清空全部"],
  resetSure: [
    "All phones, messages and faults go, and cannot come back.",
    "Mọi điện thoại, tin nhắn và lỗi sẽ mất và không thể khôi phục.",
    "所有手机、消息和故障都会被删除，无法恢复。",
  ],
  deactivate: ["Delete this account", "Xóa tài khoản này", "注销此账号"],
  done: ["Done.", "Xong.", "完成。"],
};

/** The nearest of the page's languages to a tag such as `zh-hans`; English when there is none. */
export function nearest(tag) {
  const primary = String(tag ?? "").toLowerCase().split(/[-_]/)[0];
  return ORDER.includes(primary) ? primary : "en";
}

export function wordIn(language, key, values = {}) {
  const sentence = WORDS[key][ORDER.indexOf(language)];
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
