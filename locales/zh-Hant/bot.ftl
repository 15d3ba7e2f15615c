### 機器人說的每一句話，繁體中文。
### 變數裡的文字已經轉義；句子裡可以有 Telegram HTML。

## 證件頁

page-driving-licence = 駕駛證
page-vehicle-licence = 行駛證
page-vehicle-licence-back = 行駛證副頁

title-driving-licence = 駕駛證
title-vehicle-licence = 行駛證
title-vehicle-licence-back = 行駛證副頁
button-suspected = ✓ { $page }
button-read-as-driving-licence = 以駕駛證辨識
button-read-as-vehicle-licence = 以行駛證辨識
button-read-as-vehicle-licence-back = 以行駛證副頁辨識
button-again = 再試一次
button-show = 🔍 對照照片
button-correct = ✏️ 更正
button-json = JSON 檔案
button-mask = 隱藏個人資料
button-unmask = 顯示個人資料

## 機器人簡介

bot-description =
    傳送駕駛證、行駛證或行駛證副頁的照片給我，我會辨識每一項內容，點一下即可複製；是否過期，一眼就能看到。
bot-short-description = 拍照辨識駕駛證和行駛證，並告訴您證件是否仍在有效期內。
command-start = 使用方法
command-help = 能辨識什麼，怎樣拍得清楚
command-privacy = 照片會怎樣處理
command-reminders = 查看和取消提醒
command-forget = 刪除為您保存的內容
command-invite = 邀請他人使用
command-people = 查看和移除受邀的人
command-driving = 以駕駛證辨識照片
command-vehicle = 以行駛證辨識照片
command-back = 以行駛證副頁辨識照片

start =
    👋 <b>把證件拍下來傳給我</b>，我來辨識：

    • 駕駛證
    • 行駛證
    • 行駛證副頁

    我會先說結論（有效、即將到期、已過期），再提醒哪些地方要核對，最後列出所有內容。點一下內容就能複製。

    拍照技巧見 /help，照片如何處理見 /privacy。
help =
    <b>使用方法</b>
    1. 傳一張照片；想保留原圖清晰度，可以用「檔案」方式傳送。
    2. 告訴我是哪種證件。想省去這一步，傳照片時附上「<code>駕駛證</code>」「<code>行駛證</code>」或「<code>副頁</code>」幾個字就行。
    3. 查看結果。點一下內容即可複製；帶 ⚠️ 的地方沒有看清，請核對。

    有疑問？點結果下面的 🔍 可以看到它在照片上的位置，點 ✏️ 可以更正。

    怕忘了換證、年檢？結果裡有到期日時，點它下面的 ⏰，我會按時提醒您；用 /reminders 查看和取消。

    選錯了？點結果下面的按鈕，或者用 /driving（駕駛證）、/vehicle（行駛證）、/back（副頁）回覆那張照片。

    <b>怎樣拍得清楚</b>
    • 整頁入鏡，盡量佔滿畫面
    • 字上不要有反光：換個角度，或關掉閃光燈
    • 拿穩手機，對好焦再拍

    <b>請留意</b>
    我只讀證件上印的內容。是否被暫扣、吊銷或註銷，請以交管12123為準。結果供您核對參考，不能當作憑證。
privacy =
    <b>照片會怎樣處理</b>
    • 照片只在辨識時留在記憶體裡，絕不寫入磁碟。
    • 訊息在回覆之前加密暫存，通常只有一秒左右，回覆後立即刪除。
    • 辨識結果只出現在這個對話裡，刪掉訊息就沒有了；您設定的提醒除外。
    • 同一組照片或回覆的照片要互相比對，辨識結果會在記憶體裡保留 15 分鐘。
    • 日誌只記編號和錯誤代碼，不記姓名、內容和圖片。
privacy-embedded = • 照片就在機器人所在的機器上辨識，不會交給其他公司。
privacy-embedded-too = • 也可能就在機器人所在的機器上識別。
privacy-engine = • 照片會傳送到機器人營運者指定的另一台機器上辨識。
privacy-tencent = • 照片會傳送到騰訊雲辨識，並依其條款處理。
privacy-telegram = • 訊息由 Telegram 傳送，它的伺服器在中國大陸境外。
privacy-kept = <b>會保存哪些與您有關的內容</b>
privacy-audit = • 操作記錄，保留 { $count } 天：您的 Telegram ID，什麼時候辨識了哪種證件、結論（有效、過期等）和由誰辨識，以及受邀、被拒絕或被移除的時間。不含證件內容、圖片和姓名。
privacy-quota = • 辨識時間，保留一天，用於計算次數。
privacy-joined = • 您的 Telegram ID 和接受邀請的日期，保留到您被移除為止。
privacy-reminders = • 您設定的提醒：對話編號、證件類型、到期日、提醒日期、您的語言，以及一個名稱（您取的，或號牌的最後三碼）。提醒送出或取消後即刪除。
privacy-forget = 用 /forget 可以刪除您的提醒和辨識次數。操作記錄要供營運者備查，到期才會刪除。
privacy-consent = 證件內容屬於敏感個人資料。傳送之前，請先徵得持證人同意。
privacy-operator = 本機器人由 { $operator } 營運。

## 收到照片，先問是哪種證件

question = <b>這是哪種證件？</b>
question-suspected = <b>這是哪種證件？</b>看起來是{ $page }。
question-nothing =
    <b>這是哪種證件？</b>我在圖裡沒看出證件。如果確實是，請選擇；如果不是，直接再傳一張就好。
reading = ⏳ 正在辨識{ $page }……

## 結果

verdict-driving-licence-valid = 有效，{ $until } 到期（{ $distance }）
verdict-driving-licence-due = 該換證了，{ $until } 到期（{ $distance }）
verdict-driving-licence-expired = 已於 { $until } 過期（{ $distance }）
verdict-driving-licence-cancellable = 已於 { $until } 過期（{ $distance }）
verdict-driving-licence-not-yet-valid = 起始日期未到，{ $since } 起有效（{ $distance }）
verdict-driving-licence-permanent = 長期有效
verdict-driving-licence-unknown = 看不清有效期
verdict-driving-licence-barred = 不能駕車，狀態為「{ $state }」
verdict-driving-licence-irregular = 狀態不是「正常」：{ $state }
verdict-vehicle-licence-barred = 不能上路，狀態為「{ $state }」
verdict-vehicle-licence-irregular = 狀態不是「正常」：{ $state }
verdict-vehicle-licence-valid = 檢驗有效，{ $until } 到期（{ $distance }）
verdict-vehicle-licence-due = 該年檢了，{ $until } 到期（{ $distance }）
verdict-vehicle-licence-expired = 檢驗已於 { $until } 過期（{ $distance }）
verdict-vehicle-licence-unknown = 看不清檢驗有效期
verdict-vehicle-licence-not-applicable = 這一頁沒有有效期
verdict-vehicle-licence-back-valid = 檢驗有效，{ $until } 到期（{ $distance }）
verdict-vehicle-licence-back-due = 該年檢了，{ $until } 到期（{ $distance }）
verdict-vehicle-licence-back-expired = 副頁上的檢驗有效期已過：{ $until }（{ $distance }）
verdict-vehicle-licence-back-unknown = 看不清檢驗有效期

meaning-driving-licence-valid = { $opens } 起可以換證。
meaning-driving-licence-valid-open = 現在就可以換證；到期當天仍然有效。
meaning-driving-licence-permanent = 沒有到期日，無需期滿換證。
meaning-driving-licence-due = 現在就可以換證；到期當天仍然有效。
meaning-driving-licence-due-early = { $opens } 起可以換證。
meaning-driving-licence-expired = 不能再憑此證駕車。最遲 { $mendable } 仍可換證，再晚就可能被註銷。
meaning-driving-licence-cancellable = 不能再憑此證駕車。過期已超過一年，可能已被註銷，請在交管12123核實。如已註銷，大約在 { $mendable } 之前考過科目一即可恢復；再晚就要重新申領。
meaning-driving-licence-cancellable-late = 不能再憑此證駕車。過期已超過一年，可能已被註銷，請在交管12123核實。如已註銷，只考科目一就能恢復的期限大約到 { $mendable } 為止，現在多半要重新申領。
meaning-driving-licence-not-yet-valid = 提前換證時常見；否則請核對證上的起始日期。
meaning-driving-licence-unknown = 沒能讀出有效期，請看證上的「有效期限」一欄。
meaning-driving-licence-barred = 電子駕駛證上就是這樣顯示的，不論有效期到哪天。怎樣處理，請持證人在交管12123查看。
meaning-driving-licence-irregular = 可能還有事項沒處理，請持證人在交管12123查看。
meaning-vehicle-licence-barred = 電子行駛證上就是這樣顯示的。怎樣處理，請車主在交管12123查看。
meaning-vehicle-licence-irregular = 可能還有事項沒處理，請車主在交管12123查看。
meaning-vehicle-licence-valid = { $opens } 起可以辦理下次檢驗。
meaning-vehicle-licence-due = 現在就可以辦理檢驗；當月最後一天仍然有效。
meaning-vehicle-licence-expired = 沒有按期檢驗的車上路可能被扣留。請先檢驗，或在交管12123核實是否已經檢驗。
meaning-vehicle-licence-unknown = 請看證上的「檢驗有效期」，或在交管12123核對電子檢驗標誌。
meaning-vehicle-licence-not-applicable = 檢驗有效期印在副頁上。
meaning-vehicle-licence-back-valid = { $opens } 起可以辦理下次檢驗。
meaning-vehicle-licence-back-due = 現在就可以辦理檢驗；所印月份的最後一天仍然有效。
meaning-vehicle-licence-back-expired = 副頁常常沒有及時更新，請在交管12123核對電子檢驗標誌。
meaning-vehicle-licence-back-unknown = 請看副頁的「檢驗記錄」，或在交管12123核對電子檢驗標誌。

estimate = 以下依註冊日期、車輛類型和使用性質推算，請以副頁和交管12123為準：
estimate-test = • 此前如都按期檢驗，下次檢驗最遲 { $until }（{ $distance }），須上線檢測
estimate-mark = • 此前如都按期檢驗，下次檢驗最遲 { $until }（{ $distance }），一般免上線檢測
estimate-scrapping = • 使用年限：到 { $until } 為止（{ $distance }），期滿強制報廢
estimate-no-scrapping = • 使用年限：沒有限制

distance-today = 今天
distance-ahead =
    { $unit ->
        [days] { $count ->
            [1] 明天
           *[other] 還有 { $count } 天
        }
        [weeks] 還有 { $count } 週
        [months] 還有 { $count } 個月
       *[years] 還有 { $count } 年
    }
distance-ago =
    { $unit ->
        [days] { $count ->
            [1] 昨天
           *[other] { $count } 天前
        }
        [weeks] { $count } 週前
        [months] { $count } 個月前
       *[years] { $count } 年前
    }

finding-doubtful-verdict = 這個結論所依據的日期沒有看清，請對照證件核對：{ $fields }
finding-low-confidence = 沒有看清，請核對：{ $fields }
finding-unusual-term = 駕駛證有效期通常是 6 年、10 年或長期，這裡對不上，請核對：{ $fields }
finding-licence-number-form = 身分證號應為 17 位數字加一位數字或 X，這個對不上，請對照證件核對：{ $fields }
finding-licence-number-check =
    { $doubt ->
        [yes] 身分證號的校驗碼對不上，多半是我讀錯了，請對照證件逐位核對：{ $fields }
       *[no] 身分證號的校驗碼對不上，請對照證件逐位核對；如果證上確實如此，再看看持證人的身分證：{ $fields }
    }
finding-licence-number-birth = 身分證號第 7 至 14 位不可能是出生日期，請對照證件核對：{ $fields }
finding-birth-mismatch = 身分證號裡的出生日期是 { $birth }，與證上的出生日期不一致，請核對：{ $fields }
finding-sex-mismatch =
    { $sex ->
        [male] 按身分證號應為男性，與證上的性別不一致，請核對：{ $fields }
       *[female] 按身分證號應為女性，與證上的性別不一致，請核對：{ $fields }
    }
finding-licence-number-old = 這是早已停用的 15 位身分證號，請向持證人要 18 位的：{ $fields }
finding-licence-number-region = 身分證號前兩位不是任何省份的代碼，請對照證件核對：{ $fields }
finding-file-number-form = 駕駛證檔案編號應為 12 位數字，這個對不上，請核對：{ $fields }
finding-unreadable-date = 讀出來的不是日期，請核對：{ $fields }
finding-date-order = 這兩個日期先後顛倒，請對照證件核對：{ $fields }
finding-date-ahead = 這個日期還沒到，不應該出現，請對照證件核對：{ $fields }
finding-young-holder = 按這兩個日期，初次領證時還不滿 18 歲，請核對：{ $fields }
finding-short-term = 只有臨時駕駛許可的有效期不超過一年，請核對這兩個日期：{ $fields }
finding-class-unknown = 沒有這樣的准駕車型代號，請對照證件核對：{ $fields }
finding-class-covered = { $more } 已經包含 { $less }，通常不會再印上，請對照證件核對：{ $fields }
finding-class-c6-alone = C6（輕型牽引掛車）要有 C1、C2 或更高車型才能增駕，不會單獨出現，請核對：{ $fields }
finding-class-c6-early = C6 從 2022-04-01 才有，而證上的起始日期更早。如果是後來增駕的就沒問題，否則請核對：{ $fields }
finding-class-age =
    { $age ->
        [63] 持證人已滿 63 歲，除非已獲准延長，不能再駕駛 { $classes }，請在交管12123核實。
       *[70] 持證人已滿 70 歲，不能再駕駛 { $classes }。
    }
finding-yearly-medical =
    { $until ->
        [none] 持證人已滿 70 歲，每個記分週期結束後三十日內都要提交身體條件證明，長期有效的也一樣，請在交管12123核實。
       *[other] 持證人已滿 70 歲，每年都要提交身體條件證明，長期有效的也一樣，下一次最遲 { $until }，請在交管12123核實。
    }
finding-c5-medical = 持有 C5 者，每三年要提交一次身體條件證明，下一次最遲 { $until }，請在交管12123核實。
finding-yearly-review = 持有 { $classes } 者，每年要審驗一次，下一次最遲 { $until }；本記分週期沒有記分的免審。請在交管12123核實。
finding-probation = 實習期到 { $until } 為止：不能開公車、營運客車和計程車，也不能牽引掛車。
finding-plate-form = 沒有這種格式的號牌，請對照證件核對：{ $fields }
finding-plate-fuel = 這是純電動車的綠牌，燃料種類卻不是電，請核對：{ $fields }
finding-vin-form =
    { $suggestion ->
        [none] 車輛識別代號應為 17 位字母和數字，不含 I、O、Q，請對照證件核對：{ $fields }
       *[other] 車輛識別代號裡不會有 I、O、Q，可能是 <code>{ $suggestion }</code>，請核對：{ $fields }
    }
finding-vin-check =
    { $doubt ->
        [yes] 車輛識別代號的校驗位對不上，多半是我讀錯了，請對照證件逐位核對：{ $fields }
       *[no] 車輛識別代號的校驗位對不上，請對照證件逐位核對；如果證上確實如此，再看看車上的：{ $fields }
    }
finding-vin-check-abroad = 這個進口車的車輛識別代號校驗位對不上。國外許多廠家不用校驗位，但還是核對一下為好：{ $fields }
finding-vin-position =
    { $place ->
        [year] 車輛識別代號第 10 位不是年份代碼，請對照證件核對：{ $fields }
       *[other] 車輛識別代號最後四位應該都是數字，請對照證件核對：{ $fields }
    }
finding-vin-short = 只有 { $count } 位，不是 17 位。有些老舊車輛、摩托車和掛車是這樣；否則請核對：{ $fields }
finding-vin-year = 按車輛識別代號是 { $year } 年款，與註冊日期差得遠，請核對：{ $fields }
finding-use-unknown = 沒見過這種使用性質，請對照證件核對：{ $fields }
finding-type-plate = 號牌以「挂」結尾的是掛車，掛車也只用這種號牌。這裡對不上，請核對：{ $fields }
finding-use-plate = 以「学」結尾的號牌用於教練車，以「警」結尾的用於警車，使用性質對不上，請核對：{ $fields }
finding-type-use = 車輛類型和使用性質矛盾，到底載人還是載貨？請核對：{ $fields }
finding-type-size =
    { $other ->
        [none] 座位數或長度與車輛類型不符，請核對：{ $fields }
       *[other] 座位數或長度與車輛類型不符，另一頁是「{ $other }」，請兩頁對照核對：{ $fields }
    }
finding-unreadable-measure = 讀出來的不像數值，請核對：{ $fields }
finding-kerb-over-gross = 整備質量比總質量還大，請核對：{ $fields }
finding-load-over-gross = 整備質量加核定載質量超過了總質量，請核對：{ $fields }
finding-length-range = 不會有這樣尺寸（毫米）的車，請核對：{ $fields }
finding-plate-differs =
    { $doubt ->
        [yes] 另一頁的號牌號碼是 <code>{ $other }</code>，也可能是我讀錯了其中一個，請兩頁對照核對：{ $fields }
       *[no] 另一頁的號牌號碼是 <code>{ $other }</code>，兩頁是同一輛車的嗎？請核對：{ $fields }
    }
finding-number-differs =
    { $doubt ->
        [yes] 另一頁的證號是 <code>{ $other }</code>，也可能是我讀錯了其中一個，請兩頁對照核對：{ $fields }
       *[no] 另一頁的證號是 <code>{ $other }</code>，兩頁是同一本證的嗎？請核對：{ $fields }
    }
finding-name-differs =
    { $doubt ->
        [yes] 另一頁的姓名是 <code>{ $other }</code>，也可能是我讀錯了其中一個，請兩頁對照核對：{ $fields }
       *[no] 另一頁的姓名是 <code>{ $other }</code>，兩頁是同一本證的嗎？請核對：{ $fields }
    }
finding-file-number-differs =
    { $doubt ->
        [yes] 另一頁的檔案編號是 <code>{ $other }</code>，也可能是我讀錯了其中一個，請兩頁對照核對：{ $fields }
       *[no] 另一頁的檔案編號是 <code>{ $other }</code>，兩頁是同一本證的嗎？請核對：{ $fields }
    }
finding-owner-differs = 駕駛人和車主不是同一個名字，另一頁是 <code>{ $other }</code>。車主同意就沒問題：{ $fields }
finding-pages-agree = 與另一頁一致：{ $fields }
finding-pages-hidden = 有一頁隱藏了這些內容，沒辦法比對：{ $fields }。請先在那裡顯示個人資料，再用這張照片回覆一次。
finding-electronic-picture = 這是電子證件的圖片，不能當憑證。請當面打開交管12123核對。
finding-electronic-stale = 這張電子證件是 { $count } 天前的，狀態可能已經變了，請當面打開交管12123核對。
finding-points-full = 累積記分已滿 12 分，駕駛證可能被扣留，請在交管12123核實：{ $fields }
finding-missing-field = 照片裡沒找到：{ $fields }
finding-quality-copy = 看起來是影印本，不是正本。
finding-quality-screen = 看起來是翻拍螢幕的照片。
finding-quality-glare = 反光遮住了一部分字。把證件轉個角度避開燈光，或者關掉閃光燈。
finding-quality-blur = 照片有些模糊。拿穩手機，點一下螢幕上的證件，對好焦再拍。
finding-quality-cut-off = 證件沒有拍全。請讓四個角都在畫面裡。
finding-quality-too-small = 照片裡的字太小。靠近一點，讓證件佔滿畫面。
finding-quality-dark = 照片太暗。換個亮一點的地方，也別讓自己的影子落在證件上。

findings-more = 還有 { $count } 處要留意：

no-confidence = 辨識服務沒有給出可信度，請逐項對照證件核對。

read-by = 辨識：{ $provider }

field-line = { $field }：<code>{ $value }</code>
between-fields = 、
field-with-confidence = { $field }（{ $percent }%）

## 辨識結果的後續操作

corrected-by-you = ✍️ 由您更正，不會隱藏
show-doubtful = 請對照圖片核對這幾項：
show-all = 沒有難以辨認的內容。各項在圖片上的位置如下：
show-nowhere = 辨識這張照片的服務沒有提供各項的位置，無法標出。
correct-ask = ✏️ 請回覆這張圖片，寫上證件上印的內容，每項一行。例如：
correct-hidden = 🔒 新的結果仍會隱藏個人資料，您寫的內容除外。
correct-no-colon = 請先寫項目名稱，再寫冒號和內容。
correct-unknown-field = 這一頁沒有「{ $said }」這一項。可以更正的有：{ $fields }
correct-impossible = 「{ $field }」不可能是「{ $said }」。
correct-too-long = 太長了，請只寫證件上印的內容。
correct-how = 要更正內容，請點辨識結果下面的 ✏️ 按鈕，再回覆我傳給您的圖片。

## 值得重拍的時候

guidance =
    { $sure ->
        [0] <b>這張{ $page }幾乎什麼都看不清。</b>
       *[other] <b>這張{ $page }的 { $printed } 項內容，我只看清了 { $sure } 項。</b>
    }
guidance-unclear = 請讓證件佔滿畫面，拿穩手機，避開反光和陰影。
guidance-next = 重拍一張傳給我，或者就按這張辨識。
button-anyway = 就按這張辨識

## 各項內容

field-licence-number = 證號
field-name = 姓名
field-sex = 性別
field-nationality = 國籍
field-address = 住址
field-date-of-birth = 出生日期
field-first-issue-date = 初次領證日期
field-vehicle-classes = 准駕車型
field-valid-from = 有效起始日期
field-valid-until = 有效期至
field-valid-for = 有效期限
field-issuing-authority = 發證機關
field-file-number = 檔案編號
field-record = 記錄
field-plate-number = 號牌號碼
field-vehicle-type = 車輛類型
field-owner = 所有人
field-use-character = 使用性質
field-model = 品牌型號
field-vin = 車輛識別代號
field-engine-number = 發動機號碼
field-register-date = 註冊日期
field-issue-date = 發證日期
field-seating-capacity = 核定載人數
field-gross-mass = 總質量
field-kerb-mass = 整備質量
field-rated-load = 核定載質量
field-dimensions = 外廓尺寸
field-towed-mass = 准牽引總質量
field-remarks = 備註
field-inspection-record = 檢驗記錄
field-barcode-number = 條碼編號
field-fuel-type = 燃料種類
field-licence-form = 證件形式
field-state = 狀態
field-penalty-points = 累積記分
field-inspection-valid-until = 檢驗有效期
field-body-colour = 車身顏色
field-generated-at = 生成時間
field-shown-at = 當前時間

## 出了問題

error-empty = 這個檔案是空的，請重新傳送照片。
error-too-large = 檔案超過 { $megabytes } MB，我收不下。請改用「照片」方式傳送，或縮小後再傳。
error-too-many-pixels = 圖片超過 { $megapixels }00 萬像素。請改用「照片」方式傳送，或縮小後再傳。
error-too-small = 圖片長邊不到 { $pixels } 像素，字太小，無法辨識。請傳送原圖。
error-animated = 動圖無法辨識，請傳一張靜態照片。
error-pdf = 我打不開 PDF。請把那一頁拍照或截圖傳給我。
error-not-a-picture = 這個檔案不能當圖片開啟。請傳證件的照片，或 JPEG、PNG、HEIC 圖片檔。
error-damaged = 圖片已損壞或沒有傳完整，請重新傳送。
error-no-licence = 我在圖裡沒找到證件。請靠近一點，讓整頁佔滿畫面，拍清楚，避免反光。
error-no-licence-why = 我在圖裡沒找到證件。
error-other-page = 這看起來是{ $seen ->
        [driving_licence] 駕駛證
        [vehicle_licence] 行駛證
       *[vehicle_licence_back] 行駛證副頁
    }，所以沒有以您選的類型辨識。
error-unreadable = 看得出是證件，但看不清上面的字。請重拍：佔滿畫面、拿穩手機、避開反光和陰影。
error-unreadable-why = 看得出是證件，但看不清上面的字。
error-gone = 這張照片已經不在了，請重新傳送。
error-no-such-file = 沒有這個檔案，或者打不開。
error-page-unknown = 這裡沒有開啟自動判斷，請用 --type 指明是哪種證件。
error-download-failed = 沒能從 Telegram 取得照片，請稍後再試。
error-engine-failed = 辨識這張照片時出了錯。請再試一次；如果還不行，請換一張。
error-too-slow = 辨識時間太長，已經停下。請稍後再試。
error-busy = 現在排隊的照片很多，請過一分鐘再試。
error-not-this-page = 這看起來不是您選的證件類型。請改選其他類型，或把整頁拍進畫面重傳。
error-several-pages = 圖裡有不止一張同類證件，請一次只拍一張。
error-key-refused = 辨識服務不接受本機器人的金鑰。管理員處理之前我無法辨識，請告訴管理員。
error-clock-wrong = 我所在機器的時間不準，辨識服務拒絕了請求。請告訴管理員。
error-not-permitted = 本機器人還沒有開通辨識服務的權限，請告訴管理員。
error-in-arrears = 辨識服務的帳戶已欠費，請告訴管理員。
error-quota-used-up = 辨識服務的呼叫次數已用完，請告訴管理員。
error-request-refused = 辨識服務沒看懂我的請求。這是我的問題，請告訴管理員。
error-out-of-reach = 現在連不上辨識服務，請稍後再試。
error-unintelligible = 辨識服務的回覆看不懂，請稍後再試。
error-provider-failed = 辨識服務出了故障，請稍後再試。
error-quota-hour =
    您在一小時內已辨識 { $most } 張照片，達到了上限。請在 { $count } { $unit ->
        [hours] 小時
       *[minutes] 分鐘
    }後繼續，也就是 { $time }（時區 { $zone }）。
error-quota-day =
    您在 24 小時內已辨識 { $most } 張照片，達到了上限。請在 { $count } { $unit ->
        [hours] 小時
       *[minutes] 分鐘
    }後繼續，也就是 { $time }（時區 { $zone }）。
error-unexpected = 我這邊出了點問題，請再試一次。如果還不行，請把這個代碼告訴機器人的管理員：<code>{ $reference }</code>

button-expired = 這張照片已經取不到了，請重新傳送。
button-unknown = 這個按鈕已失效，請重新傳送照片。
say-which-photo = 是哪一張照片？請在傳照片時寫上這個詞，或用它回覆上面的照片。
send-a-photo = 把駕駛證、行駛證或行駛證副頁的照片傳給我就行。用法見 /help。
send-a-still-photo = 動圖和影片無法辨識，請傳一張靜態照片。
send-only-photos = 我只能辨識照片，請傳一張證件的照片。
private-only = 為保護持證人的隱私，我只在私訊裡辨識照片，請私訊我。

## 誰可以使用

access-stranger = 我只為營運者允許的人服務。請聯絡機器人的營運者，並告知您的 Telegram ID：{ $id }
access-joined = 🎉 歡迎！從現在起，我可以幫您辨識證件了。
access-invitation-used = 這個邀請連結已經有人用過了。每個連結只能用一次，請再要一個新的。
access-invitation-expired = 這個邀請連結已經過期，請再要一個新的。
access-invitation-unknown = 這個邀請連結無效。請打開收到的完整連結，或者再要一個新的。
access-foreign-press = 這個按鈕不是給您用的。
access-owners-only = 只有機器人的營運者才能這樣做。
invite-invited =
    把這個連結傳給一個人。連結只能用一次，{ $count } 天內有效：
    { $link }
invite-open = 任何人都可以使用本機器人，不需要邀請。
invite-listed = 本機器人只對設定中列出的人開放（BOT_ACCESS__PEOPLE），邀請功能沒有開啟。
people = <b>受邀加入的共 { $count } 人</b>
people-none = 還沒有人受邀加入。傳送 /invite 可以產生邀請連結。
people-line = • <a href="tg://user?id={ $id }">{ $id }</a>，{ $day } 加入
people-more = 更早加入的還有 { $count } 人，這裡沒有列出。
people-listed = 設定中列出的：{ $count } 人
button-remove = 移除 { $id }
people-gone = 這個人已經不在名單裡了。

## 提醒

button-remind = ⏰ 到期提醒
button-remind-before = 提前 { $count } 天
button-remind-day = 其他日期……
button-cancel = ✖ { $number }
remind-when = 什麼時候提醒您？
remind-more = 還要在別的日子提醒嗎？
remind-set = ✓ { $day } 上午 9 點提醒您（{ $distance }）
remind-known = { $day } 已經有同樣的提醒了。
remind-full = 您的提醒已達到上限，請先用 /reminders 取消一些。
remind-day = 請回覆這則訊息，寫上日期，例如 <code>{ $example }</code>，也可以寫「提前15天」。後面還可以加個名稱，方便辨認，但請不要寫完整的號碼。
remind-day-unknown = 沒看出是哪一天。
remind-day-past = { $day } 上午 9 點已經過了，請換個晚一點的日期。
remind-day-late = { $until } 就到期了，請選不晚於這一天的日期。
remind-over = { $until } 已經到期，不用再提醒了。
remind-late = 本來應該在 { $day } 提醒您，但當時我沒有運作。
reminders = <b>您的提醒</b>
reminders-line = { $number }. { $day }（{ $distance }）：{ $name }，{ $until } 到期
reminders-none = 您還沒有設定提醒。結果裡有到期日時，點它下面的 ⏰ 就能設定。
reminder-gone = 這則提醒已經不在了。

## 刪除保存的內容

forget =
    <b>要刪除您的提醒和辨識次數嗎？</b>
    操作記錄（您的 Telegram ID、時間、證件類型和結論）要供營運者備查，會保留 { $count } 天，不會一併刪除。對話裡的訊息可以由您自己刪除。
button-forget = 確認刪除
forgotten =
    { $count ->
        [0] 已刪除您的辨識次數；您沒有設定提醒。
       *[other] 已刪除您的 { $count } 則提醒和辨識次數。
    }操作記錄最長還會保留 { $days } 天。

## licence-bot doctor

doctor-works = { $provider } 正常：樣張讀出 { $count } 項，用時 { $seconds } 秒。
doctor-fails = { $provider } 不正常（{ $detail }）：{ $advice }
doctor-key-refused = 請檢查 { $settings } 中的 ID 和金鑰。
doctor-clock-wrong = 請校準本機時間，與服務端相差超過五分鐘。
doctor-not-permitted = 請在主控台開通服務，或給該金鑰授權。
doctor-in-arrears = 帳戶欠費，請儲值。
doctor-quota-used-up = 呼叫次數已用完，請購買，或等到明天、下個月。
doctor-out-of-reach = 請檢查網路，以及 { $settings } 中的位址。
doctor-address = 請檢查 { $setting } 中的位址（連同路徑），形如 { $example }。目前該位址的服務不認得這個請求。
doctor-busy = 同時呼叫太多，請稍後再試，或調低 BOT_RECOGNITION__CALLS_PER_SECOND。
doctor-too-slow = 回應太慢或沒有回應：請檢查 { $settings } 裡的位址，並看看它是否太忙。
doctor-engine-failed = 模型載入失敗或識別引擎出錯，請重新安裝機器人。
doctor-other = 請稍後再試；如果一直這樣，請到服務商處查詢這個代碼。
