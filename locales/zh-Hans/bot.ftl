### 机器人说的每一句话，简体中文。
### 变量里的文字已经转义；句子里可以有 Telegram HTML。

## 证件页

page-driving-licence = 驾驶证
page-vehicle-licence = 行驶证
page-vehicle-licence-back = 行驶证副页

title-driving-licence = 驾驶证
title-vehicle-licence = 行驶证
title-vehicle-licence-back = 行驶证副页
button-suspected = ✓ { $page }
button-read-as-driving-licence = 按驾驶证识别
button-read-as-vehicle-licence = 按行驶证识别
button-read-as-vehicle-licence-back = 按行驶证副页识别
button-again = 再试一次
button-show = 🔍 对照照片
button-correct = ✏️ 更正
button-json = JSON 文件
button-mask = 隐藏个人信息
button-unmask = 显示个人信息

## 机器人简介

bot-description =
    发来驾驶证、行驶证或行驶证副页的照片，我会识别每一项内容，点一下即可复制；是否过期，一眼就能看到。
bot-short-description = 拍照识别驾驶证和行驶证，并告诉您证件是否还在有效期内。
command-start = 使用方法
command-help = 能识别什么，怎样拍得清楚
command-privacy = 照片会怎样处理
command-reminders = 查看和取消提醒
command-forget = 删除为您保存的内容
command-invite = 邀请他人使用
command-people = 查看和移除受邀的人
command-driving = 按驾驶证识别照片
command-vehicle = 按行驶证识别照片
command-back = 按行驶证副页识别照片

start =
    👋 <b>把证件拍下来发给我</b>，我来识别：

    • 驾驶证
    • 行驶证
    • 行驶证副页

    我会先说结论（有效、即将到期、已过期），再提醒哪些地方要核对，最后列出所有内容。点一下内容就能复制。

    拍照技巧见 /help，照片如何处理见 /privacy。
help =
    <b>使用方法</b>
    1. 发一张照片；想保留原图清晰度，可以用“文件”方式发送。
    2. 告诉我是哪种证件。想省去这一步，发照片时附上“<code>驾驶证</code>”“<code>行驶证</code>”或“<code>副页</code>”几个字就行。
    3. 查看结果。点一下内容即可复制；带 ⚠️ 的地方没有看清，请核对。

    有疑问？点结果下面的 🔍 可以看到它在照片上的位置，点 ✏️ 可以更正。

    怕忘了换证、年检？结果里有到期日时，点它下面的 ⏰，我会按时提醒您；用 /reminders 查看和取消。

    选错了？点结果下面的按钮，或者用 /driving（驾驶证）、/vehicle（行驶证）、/back（副页）回复那张照片。

    <b>怎样拍得清楚</b>
    • 整页入镜，尽量占满画面
    • 字上不要有反光：换个角度，或关掉闪光灯
    • 拿稳手机，对好焦再拍

    <b>请留意</b>
    我只读证件上印的内容。是否被暂扣、吊销或注销，请以交管12123为准。结果供您核对参考，不能当作凭证。
privacy =
    <b>照片会怎样处理</b>
    • 照片只在识别时留在内存里，绝不写入磁盘。
    • 消息在回复之前加密暂存，通常只有一秒左右，回复后立即删除。
    • 识别结果只出现在这个聊天里，删掉消息就没有了；您设置的提醒除外。
    • 同一组照片或回复的照片要互相比对，识别结果会在内存里保留 15 分钟。
    • 日志只记编号和错误代码，不记姓名、内容和图片。
privacy-embedded = • 照片就在机器人所在的机器上识别，不会交给其他公司。
privacy-embedded-too = • 也可能就在机器人所在的机器上识别。
privacy-engine = • 照片会发送到机器人运营者指定的另一台机器上识别。
privacy-tencent = • 照片会发送到腾讯云识别，并按其条款处理。
privacy-telegram = • 消息由 Telegram 传送，它的服务器在中国大陆境外。
privacy-kept = <b>会保存哪些与您有关的内容</b>
privacy-audit = • 操作记录，保留 { $count } 天：您的 Telegram ID，什么时候识别了哪种证件、结论（有效、过期等）和由谁识别，以及受邀、被拒绝或被移除的时间。不含证件内容、图片和姓名。
privacy-quota = • 识别时间，保留一天，用于计算次数。
privacy-joined = • 您的 Telegram ID 和接受邀请的日期，保留到您被移除为止。
privacy-reminders = • 您设置的提醒：聊天编号、证件类型、到期日、提醒日期、您的语言，以及一个名称（您起的，或号牌的最后三位）。提醒发出或取消后即删除。
privacy-forget = 用 /forget 可以删除您的提醒和识别次数。操作记录要供运营者备查，到期才会删除。
privacy-consent = 证件内容属于敏感个人信息。发送之前，请先征得持证人同意。
privacy-operator = 本机器人由 { $operator } 运营。

## 收到照片，先问是哪种证件

question = <b>这是哪种证件？</b>
question-suspected = <b>这是哪种证件？</b>看起来是{ $page }。
question-nothing =
    <b>这是哪种证件？</b>我在图里没看出证件。如果确实是，请选择；如果不是，直接再发一张就好。
reading = ⏳ 正在识别{ $page }……

## 结果

verdict-driving-licence-valid = 有效，{ $until } 到期（{ $distance }）
verdict-driving-licence-due = 该换证了，{ $until } 到期（{ $distance }）
verdict-driving-licence-expired = 已于 { $until } 过期（{ $distance }）
verdict-driving-licence-cancellable = 已于 { $until } 过期（{ $distance }）
verdict-driving-licence-not-yet-valid = 起始日期未到，{ $since } 起有效（{ $distance }）
verdict-driving-licence-permanent = 长期有效
verdict-driving-licence-unknown = 看不清有效期
verdict-driving-licence-barred = 不能驾车，状态为“{ $state }”
verdict-driving-licence-irregular = 状态不是“正常”：{ $state }
verdict-vehicle-licence-barred = 不能上路，状态为“{ $state }”
verdict-vehicle-licence-irregular = 状态不是“正常”：{ $state }
verdict-vehicle-licence-valid = 检验有效，{ $until } 到期（{ $distance }）
verdict-vehicle-licence-due = 该年检了，{ $until } 到期（{ $distance }）
verdict-vehicle-licence-expired = 检验已于 { $until } 过期（{ $distance }）
verdict-vehicle-licence-unknown = 看不清检验有效期
verdict-vehicle-licence-not-applicable = 这一页没有有效期
verdict-vehicle-licence-back-valid = 检验有效，{ $until } 到期（{ $distance }）
verdict-vehicle-licence-back-due = 该年检了，{ $until } 到期（{ $distance }）
verdict-vehicle-licence-back-expired = 副页上的检验有效期已过：{ $until }（{ $distance }）
verdict-vehicle-licence-back-unknown = 看不清检验有效期

meaning-driving-licence-valid = { $opens } 起可以换证。
meaning-driving-licence-valid-open = 现在就可以换证；到期当天仍然有效。
meaning-driving-licence-permanent = 没有到期日，无需期满换证。
meaning-driving-licence-due = 现在就可以换证；到期当天仍然有效。
meaning-driving-licence-due-early = { $opens } 起可以换证。
meaning-driving-licence-expired = 不能再凭此证驾车。最迟 { $mendable } 仍可换证，再晚就可能被注销。
meaning-driving-licence-cancellable = 不能再凭此证驾车。过期已超过一年，可能已被注销，请在交管12123核实。如已注销，大约在 { $mendable } 之前考过科目一即可恢复；再晚就要重新申领。
meaning-driving-licence-cancellable-late = 不能再凭此证驾车。过期已超过一年，可能已被注销，请在交管12123核实。如已注销，只考科目一就能恢复的期限大约到 { $mendable } 为止，现在多半要重新申领。
meaning-driving-licence-not-yet-valid = 提前换证时常见；否则请核对证上的起始日期。
meaning-driving-licence-unknown = 没能读出有效期，请看证上的“有效期限”一栏。
meaning-driving-licence-barred = 电子驾驶证上就是这样显示的，不论有效期到哪天。怎样处理，请持证人在交管12123查看。
meaning-driving-licence-irregular = 可能还有事项没处理，请持证人在交管12123查看。
meaning-vehicle-licence-barred = 电子行驶证上就是这样显示的。怎样处理，请车主在交管12123查看。
meaning-vehicle-licence-irregular = 可能还有事项没处理，请车主在交管12123查看。
meaning-vehicle-licence-valid = { $opens } 起可以办理下次检验。
meaning-vehicle-licence-due = 现在就可以办理检验；当月最后一天仍然有效。
meaning-vehicle-licence-expired = 没有按期检验的车上路可能被扣留。请先检验，或在交管12123核实是否已经检验。
meaning-vehicle-licence-unknown = 请看证上的“检验有效期”，或在交管12123核对电子检验标志。
meaning-vehicle-licence-not-applicable = 检验有效期印在副页上。
meaning-vehicle-licence-back-valid = { $opens } 起可以办理下次检验。
meaning-vehicle-licence-back-due = 现在就可以办理检验；所印月份的最后一天仍然有效。
meaning-vehicle-licence-back-expired = 副页常常没有及时更新，请在交管12123核对电子检验标志。
meaning-vehicle-licence-back-unknown = 请看副页的“检验记录”，或在交管12123核对电子检验标志。

estimate = 以下按注册日期、车辆类型和使用性质推算，请以副页和交管12123为准：
estimate-test = • 此前如都按期检验，下次检验最迟 { $until }（{ $distance }），要上线检测
estimate-mark = • 此前如都按期检验，下次检验最迟 { $until }（{ $distance }），一般免上线检测
estimate-scrapping = • 使用年限：到 { $until } 为止（{ $distance }），期满强制报废
estimate-no-scrapping = • 使用年限：没有限制

distance-today = 今天
distance-ahead =
    { $unit ->
        [days] { $count ->
            [1] 明天
           *[other] 还有 { $count } 天
        }
        [weeks] 还有 { $count } 周
        [months] 还有 { $count } 个月
       *[years] 还有 { $count } 年
    }
distance-ago =
    { $unit ->
        [days] { $count ->
            [1] 昨天
           *[other] { $count } 天前
        }
        [weeks] { $count } 周前
        [months] { $count } 个月前
       *[years] { $count } 年前
    }

finding-doubtful-verdict = 这个结论所依据的日期没有看清，请对照证件核对：{ $fields }
finding-low-confidence = 没有看清，请核对：{ $fields }
finding-unusual-term = 驾驶证有效期通常是 6 年、10 年或长期，这里对不上，请核对：{ $fields }
finding-licence-number-form = 身份证号应为 17 位数字加一位数字或 X，这个对不上，请对照证件核对：{ $fields }
finding-licence-number-check =
    { $doubt ->
        [yes] 身份证号的校验码对不上，多半是我读错了，请对照证件逐位核对：{ $fields }
       *[no] 身份证号的校验码对不上，请对照证件逐位核对；如果证上确实如此，再看看持证人的身份证：{ $fields }
    }
finding-licence-number-birth = 身份证号第 7 至 14 位不可能是出生日期，请对照证件核对：{ $fields }
finding-birth-mismatch = 身份证号里的出生日期是 { $birth }，与证上的出生日期不一致，请核对：{ $fields }
finding-sex-mismatch =
    { $sex ->
        [male] 按身份证号应为男性，与证上的性别不一致，请核对：{ $fields }
       *[female] 按身份证号应为女性，与证上的性别不一致，请核对：{ $fields }
    }
finding-licence-number-old = 这是早已停用的 15 位身份证号，请向持证人要 18 位的：{ $fields }
finding-licence-number-region = 身份证号前两位不是任何省份的代码，请对照证件核对：{ $fields }
finding-file-number-form = 驾驶证档案编号应为 12 位数字，这个对不上，请核对：{ $fields }
finding-unreadable-date = 读出来的不是日期，请核对：{ $fields }
finding-date-order = 这两个日期先后颠倒，请对照证件核对：{ $fields }
finding-date-ahead = 这个日期还没到，不应该出现，请对照证件核对：{ $fields }
finding-young-holder = 按这两个日期，初次领证时还不满 18 岁，请核对：{ $fields }
finding-short-term = 只有临时驾驶许可的有效期不超过一年，请核对这两个日期：{ $fields }
finding-class-unknown = 没有这样的准驾车型代号，请对照证件核对：{ $fields }
finding-class-covered = { $more } 已经包含 { $less }，通常不会再印上，请对照证件核对：{ $fields }
finding-class-c6-alone = C6（轻型牵引挂车）要有 C1、C2 或更高车型才能增驾，不会单独出现，请核对：{ $fields }
finding-class-c6-early = C6 从 2022-04-01 才有，而证上的起始日期更早。如果是后来增驾的就没问题，否则请核对：{ $fields }
finding-class-age =
    { $age ->
        [63] 持证人已满 63 岁，除非已获准延长，不能再驾驶 { $classes }，请在交管12123核实。
       *[70] 持证人已满 70 岁，不能再驾驶 { $classes }。
    }
finding-yearly-medical =
    { $until ->
        [none] 持证人已满 70 岁，每个记分周期结束后三十日内都要提交身体条件证明，长期有效的也一样，请在交管12123核实。
       *[other] 持证人已满 70 岁，每年都要提交身体条件证明，长期有效的也一样，下一次最迟 { $until }，请在交管12123核实。
    }
finding-c5-medical = 持有 C5 的，每三年要提交一次身体条件证明，下一次最迟 { $until }，请在交管12123核实。
finding-yearly-review = 持有 { $classes } 的，每年要审验一次，下一次最迟 { $until }；本记分周期没有记分的免审。请在交管12123核实。
finding-probation = 实习期到 { $until } 为止：不能开公交车、营运客车和出租车，也不能牵引挂车。
finding-plate-form = 没有这种格式的号牌，请对照证件核对：{ $fields }
finding-plate-fuel = 这是纯电动车的绿牌，燃料种类却不是电，请核对：{ $fields }
finding-vin-form =
    { $suggestion ->
        [none] 车辆识别代号应为 17 位字母和数字，不含 I、O、Q，请对照证件核对：{ $fields }
       *[other] 车辆识别代号里不会有 I、O、Q，可能是 <code>{ $suggestion }</code>，请核对：{ $fields }
    }
finding-vin-check =
    { $doubt ->
        [yes] 车辆识别代号的校验位对不上，多半是我读错了，请对照证件逐位核对：{ $fields }
       *[no] 车辆识别代号的校验位对不上，请对照证件逐位核对；如果证上确实如此，再看看车上的：{ $fields }
    }
finding-vin-check-abroad = 这个进口车的车辆识别代号校验位对不上。国外许多厂家不用校验位，但还是核对一下为好：{ $fields }
finding-vin-position =
    { $place ->
        [year] 车辆识别代号第 10 位不是年份代码，请对照证件核对：{ $fields }
       *[other] 车辆识别代号最后四位应该都是数字，请对照证件核对：{ $fields }
    }
finding-vin-short = 只有 { $count } 位，不是 17 位。有些老旧车辆、摩托车和挂车是这样；否则请核对：{ $fields }
finding-vin-year = 按车辆识别代号是 { $year } 年款，与注册日期差得远，请核对：{ $fields }
finding-use-unknown = 没见过这种使用性质，请对照证件核对：{ $fields }
finding-type-plate = 号牌以“挂”结尾的是挂车，挂车也只用这种号牌。这里对不上，请核对：{ $fields }
finding-use-plate = 以“学”结尾的号牌用于教练车，以“警”结尾的用于警车，使用性质对不上，请核对：{ $fields }
finding-type-use = 车辆类型和使用性质矛盾，到底载人还是载货？请核对：{ $fields }
finding-type-size =
    { $other ->
        [none] 座位数或长度与车辆类型不符，请核对：{ $fields }
       *[other] 座位数或长度与车辆类型不符，另一页是“{ $other }”，请两页对照核对：{ $fields }
    }
finding-unreadable-measure = 读出来的不像数值，请核对：{ $fields }
finding-kerb-over-gross = 整备质量比总质量还大，请核对：{ $fields }
finding-load-over-gross = 整备质量加核定载质量超过了总质量，请核对：{ $fields }
finding-length-range = 不会有这样尺寸（毫米）的车，请核对：{ $fields }
finding-plate-differs =
    { $doubt ->
        [yes] 另一页的号牌号码是 <code>{ $other }</code>，也可能是我读错了其中一个，请两页对照核对：{ $fields }
       *[no] 另一页的号牌号码是 <code>{ $other }</code>，两页是同一辆车的吗？请核对：{ $fields }
    }
finding-number-differs =
    { $doubt ->
        [yes] 另一页的证号是 <code>{ $other }</code>，也可能是我读错了其中一个，请两页对照核对：{ $fields }
       *[no] 另一页的证号是 <code>{ $other }</code>，两页是同一本证的吗？请核对：{ $fields }
    }
finding-name-differs =
    { $doubt ->
        [yes] 另一页的姓名是 <code>{ $other }</code>，也可能是我读错了其中一个，请两页对照核对：{ $fields }
       *[no] 另一页的姓名是 <code>{ $other }</code>，两页是同一本证的吗？请核对：{ $fields }
    }
finding-file-number-differs =
    { $doubt ->
        [yes] 另一页的档案编号是 <code>{ $other }</code>，也可能是我读错了其中一个，请两页对照核对：{ $fields }
       *[no] 另一页的档案编号是 <code>{ $other }</code>，两页是同一本证的吗？请核对：{ $fields }
    }
finding-owner-differs = 驾驶人和车主不是同一个名字，另一页是 <code>{ $other }</code>。车主同意就没问题：{ $fields }
finding-pages-agree = 与另一页一致：{ $fields }
finding-pages-hidden = 有一页隐藏了这些内容，没法比对：{ $fields }。请先在那里显示个人信息，再用这张照片回复一次。
finding-electronic-picture = 这是电子证件的图片，不能当凭证。请当面打开交管12123核对。
finding-electronic-stale = 这张电子证件是 { $count } 天前的，状态可能已经变了，请当面打开交管12123核对。
finding-points-full = 累积记分已满 12 分，驾驶证可能被扣留，请在交管12123核实：{ $fields }
finding-missing-field = 照片里没找到：{ $fields }
finding-quality-copy = 看起来是复印件，不是原件。
finding-quality-screen = 看起来是翻拍屏幕的照片。
finding-quality-glare = 反光遮住了一部分字。把证件转个角度避开灯光，或者关掉闪光灯。
finding-quality-blur = 照片有些模糊。拿稳手机，点一下屏幕上的证件，对好焦再拍。
finding-quality-cut-off = 证件没有拍全。请让四个角都在画面里。
finding-quality-too-small = 照片里的字太小。靠近一点，让证件占满画面。
finding-quality-dark = 照片太暗。换个亮一点的地方，也别让自己的影子落在证件上。

findings-more = 还有 { $count } 处要留意：

no-confidence = 识别服务没有给出可信度，请逐项对照证件核对。

read-by = 识别：{ $provider }

field-line = { $field }：<code>{ $value }</code>
between-fields = 、
field-with-confidence = { $field }（{ $percent }%）

## 识别结果的后续操作

corrected-by-you = ✍️ 由您更正，不会隐藏
show-doubtful = 请对照图片核对这几项：
show-all = 没有难以辨认的内容。各项在图片上的位置如下：
show-nowhere = 识别这张照片的服务没有给出各项的位置，无法标出。
correct-ask = ✏️ 请回复这张图片，写上证件上印的内容，每项一行。例如：
correct-hidden = 🔒 新的结果仍会隐藏个人信息，您写的内容除外。
correct-no-colon = 请先写项目名称，再写冒号和内容。
correct-unknown-field = 这一页没有“{ $said }”这一项。可以更正的有：{ $fields }
correct-impossible = “{ $field }”不可能是“{ $said }”。
correct-too-long = 太长了，请只写证件上印的内容。
correct-how = 要更正内容，请点识别结果下面的 ✏️ 按钮，再回复我发给您的图片。

## 值得重拍的时候

guidance =
    { $sure ->
        [0] <b>这张{ $page }几乎什么都看不清。</b>
       *[other] <b>这张{ $page }的 { $printed } 项内容，我只看清了 { $sure } 项。</b>
    }
guidance-unclear = 请让证件占满画面，拿稳手机，避开反光和阴影。
guidance-next = 重拍一张发给我，或者就按这张识别。
button-anyway = 就按这张识别

## 各项内容

field-licence-number = 证号
field-name = 姓名
field-sex = 性别
field-nationality = 国籍
field-address = 住址
field-date-of-birth = 出生日期
field-first-issue-date = 初次领证日期
field-vehicle-classes = 准驾车型
field-valid-from = 有效起始日期
field-valid-until = 有效期至
field-valid-for = 有效期限
field-issuing-authority = 发证机关
field-file-number = 档案编号
field-record = 记录
field-plate-number = 号牌号码
field-vehicle-type = 车辆类型
field-owner = 所有人
field-use-character = 使用性质
field-model = 品牌型号
field-vin = 车辆识别代号
field-engine-number = 发动机号码
field-register-date = 注册日期
field-issue-date = 发证日期
field-seating-capacity = 核定载人数
field-gross-mass = 总质量
field-kerb-mass = 整备质量
field-rated-load = 核定载质量
field-dimensions = 外廓尺寸
field-towed-mass = 准牵引总质量
field-remarks = 备注
field-inspection-record = 检验记录
field-barcode-number = 条形码编号
field-fuel-type = 燃料种类
field-licence-form = 证件形式
field-state = 状态
field-penalty-points = 累积记分
field-inspection-valid-until = 检验有效期
field-body-colour = 车身颜色
field-generated-at = 生成时间
field-shown-at = 当前时间

## 出了问题

error-empty = 这个文件是空的，请重新发送照片。
error-too-large = 文件超过 { $megabytes } MB，我收不下。请改用“照片”方式发送，或缩小后再发。
error-too-many-pixels = 图片超过 { $megapixels }00 万像素。请改用“照片”方式发送，或缩小后再发。
error-too-small = 图片长边不到 { $pixels } 像素，字太小，没法识别。请发送原图。
error-animated = 动图没法识别，请发一张静态照片。
error-pdf = 我打不开 PDF。请把那一页拍照或截图发给我。
error-not-a-picture = 这个文件不能当图片打开。请发证件的照片，或 JPEG、PNG、HEIC 图片文件。
error-damaged = 图片已损坏或没有传完整，请重新发送。
error-no-licence = 我在图里没找到证件。请靠近一点，让整页占满画面，拍清楚，避免反光。
error-no-licence-why = 我在图里没找到证件。
error-other-page = 这看起来是{ $seen ->
        [driving_licence] 驾驶证
        [vehicle_licence] 行驶证
       *[vehicle_licence_back] 行驶证副页
    }，所以没有按您选的类型识别。
error-unreadable = 看得出是证件，但看不清上面的字。请重拍：占满画面、拿稳手机、避开反光和阴影。
error-unreadable-why = 看得出是证件，但看不清上面的字。
error-gone = 这张照片已经不在了，请重新发送。
error-no-such-file = 没有这个文件，或者打不开。
error-page-unknown = 这里没有开启自动判断，请用 --type 指明是哪种证件。
error-download-failed = 没能从 Telegram 取到照片，请稍后再试。
error-engine-failed = 识别这张照片时出了错。请再试一次；如果还不行，请换一张。
error-too-slow = 识别时间太长，已经停下。请稍后再试。
error-busy = 现在排队的照片很多，请过一分钟再试。
error-not-this-page = 这看起来不是您选的证件类型。请改选其他类型，或把整页拍进画面重发。
error-several-pages = 图里有不止一张同类证件，请一次只拍一张。
error-key-refused = 识别服务不接受本机器人的密钥。管理员处理之前我没法识别，请告诉管理员。
error-clock-wrong = 我所在机器的时间不准，识别服务拒绝了请求。请告诉管理员。
error-not-permitted = 本机器人还没有开通识别服务的权限，请告诉管理员。
error-in-arrears = 识别服务的账户已欠费，请告诉管理员。
error-quota-used-up = 识别服务的调用次数已用完，请告诉管理员。
error-request-refused = 识别服务没看懂我的请求。这是我的问题，请告诉管理员。
error-out-of-reach = 现在连不上识别服务，请稍后再试。
error-unintelligible = 识别服务的回复看不懂，请稍后再试。
error-provider-failed = 识别服务出了故障，请稍后再试。
error-quota-hour =
    您在一小时内已识别 { $most } 张照片，达到了上限。请在 { $count } { $unit ->
        [hours] 小时
       *[minutes] 分钟
    }后继续，也就是 { $time }（时区 { $zone }）。
error-quota-day =
    您在 24 小时内已识别 { $most } 张照片，达到了上限。请在 { $count } { $unit ->
        [hours] 小时
       *[minutes] 分钟
    }后继续，也就是 { $time }（时区 { $zone }）。
error-unexpected = 我这边出了点问题，请再试一次。如果还不行，请把这个代码告诉机器人的管理员：<code>{ $reference }</code>

button-expired = 这张照片已经取不到了，请重新发送。
button-unknown = 这个按钮已失效，请重新发送照片。
say-which-photo = 是哪一张照片？请在发照片时写上这个词，或用它回复上面的照片。
send-a-photo = 把驾驶证、行驶证或行驶证副页的照片发给我就行。用法见 /help。
send-a-still-photo = 动图和视频没法识别，请发一张静态照片。
send-only-photos = 我只能识别照片，请发一张证件的照片。
private-only = 为保护持证人的隐私，我只在私聊里识别照片，请私聊我。

## 谁可以使用

access-stranger = 我只为运营者允许的人服务。请联系机器人的运营者，并告知您的 Telegram ID：{ $id }
access-joined = 🎉 欢迎！从现在起，我可以帮您识别证件了。
access-invitation-used = 这个邀请链接已经有人用过了。每个链接只能用一次，请再要一个新的。
access-invitation-expired = 这个邀请链接已经过期，请再要一个新的。
access-invitation-unknown = 这个邀请链接无效。请打开收到的完整链接，或者再要一个新的。
access-foreign-press = 这个按钮不是给您用的。
access-owners-only = 只有机器人的运营者才能这样做。
invite-invited =
    把这个链接发给一个人。链接只能用一次，{ $count } 天内有效：
    { $link }
invite-open = 任何人都可以使用本机器人，不需要邀请。
invite-listed = 本机器人只对设置中列出的人开放（BOT_ACCESS__PEOPLE），邀请功能没有开启。
people = <b>受邀加入的共 { $count } 人</b>
people-none = 还没有人受邀加入。发送 /invite 可以生成邀请链接。
people-line = • <a href="tg://user?id={ $id }">{ $id }</a>，{ $day } 加入
people-more = 更早加入的还有 { $count } 人，这里没有列出。
people-listed = 设置中列出的：{ $count } 人
button-remove = 移除 { $id }
people-gone = 这个人已经不在名单里了。

## 提醒

button-remind = ⏰ 到期提醒
button-remind-before = 提前 { $count } 天
button-remind-day = 其他日期……
button-cancel = ✖ { $number }
remind-when = 什么时候提醒您？
remind-more = 还要在别的日子提醒吗？
remind-set = ✓ { $day } 上午 9 点提醒您（{ $distance }）
remind-known = { $day } 已经有同样的提醒了。
remind-full = 您的提醒已达到上限，请先用 /reminders 取消一些。
remind-day = 请回复这条消息，写上日期，例如 <code>{ $example }</code>，也可以写“提前15天”。后面还可以加个名称，方便辨认，但请不要写完整的号码。
remind-day-unknown = 没看出是哪一天。
remind-day-past = { $day } 上午 9 点已经过了，请换个晚一点的日期。
remind-day-late = { $until } 就到期了，请选不晚于这一天的日期。
remind-over = { $until } 已经到期，不用再提醒了。
remind-late = 本来应该在 { $day } 提醒您，但当时我没有运行。
reminders = <b>您的提醒</b>
reminders-line = { $number }. { $day }（{ $distance }）：{ $name }，{ $until } 到期
reminders-none = 您还没有设置提醒。结果里有到期日时，点它下面的 ⏰ 就能设置。
reminder-gone = 这条提醒已经不在了。

## 删除保存的内容

forget =
    <b>要删除您的提醒和识别次数吗？</b>
    操作记录（您的 Telegram ID、时间、证件类型和结论）要供运营者备查，会保留 { $count } 天，不会一并删除。聊天里的消息可以由您自己删除。
button-forget = 确认删除
forgotten =
    { $count ->
        [0] 已删除您的识别次数；您没有设置提醒。
       *[other] 已删除您的 { $count } 条提醒和识别次数。
    }操作记录最长还会保留 { $days } 天。

## licence-bot doctor

doctor-works = { $provider } 正常：样张读出 { $count } 项，用时 { $seconds } 秒。
doctor-fails = { $provider } 不正常（{ $detail }）：{ $advice }
doctor-key-refused = 请检查 { $settings } 中的 ID 和密钥。
doctor-clock-wrong = 请校准本机时间，与服务端相差超过五分钟。
doctor-not-permitted = 请在控制台开通服务，或给该密钥授权。
doctor-in-arrears = 账户欠费，请充值。
doctor-quota-used-up = 调用次数已用完，请购买，或等到明天、下个月。
doctor-out-of-reach = 请检查网络，以及 { $settings } 中的地址。
doctor-address = 请检查 { $setting } 中的地址（连同路径），形如 { $example }。目前该地址的服务不认识这个请求。
doctor-busy = 同时调用太多，请稍后再试，或调低 BOT_RECOGNITION__CALLS_PER_SECOND。
doctor-too-slow = 响应太慢或没有响应：请检查 { $settings } 里的地址，并看看它是否太忙。
doctor-engine-failed = 模型加载失败或识别引擎出错，请重新安装机器人。
doctor-other = 请稍后再试；如果一直这样，请到服务商处查询这个代码。
