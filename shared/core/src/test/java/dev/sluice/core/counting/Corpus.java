package dev.sluice.core.counting;

import java.util.LinkedHashMap;
import java.util.Map;

/// Texts of all kinds that people send to models, by a name for each.
final class Corpus {
    private static final String PROSE = """
            The gateway keeps a ledger of every attempt. Nothing of an answer is sent before its first content event, and \
            after it nothing is retried; whoever reads the log finds one line for each request, and no prompt in it.\s""";

    private static final String CODE = """
            public static <T extends Comparable<? super T>> int binarySearch(List<? extends T> list, T key) {
            \tint low = 0, high = list.size() - 1;
            \twhile (low <= high) {
            \t\tint mid = (low + high) >>> 1;
            \t\tint cmp = list.get(mid).compareTo(key); // 0x7FFFFFFF
            \t\tif (cmp < 0) { low = mid + 1; } else if (cmp > 0) { high = mid - 1; } else { return mid; }
            \t}
            \treturn -(low + 1);
            }
            """;

    private static final String PYTHON = """
            def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
                \"""Numerically stable.\"""
                e = np.exp(x - x.max(axis=axis, keepdims=True))
                return e / e.sum(axis=axis, keepdims=True)


            if __name__ == "__main__":
                print(softmax(np.array([[1.0, 2.5, -3e-4], [0, 0, 0]])))
            """;

    private static final String JSON = """
            {"id":"evt_00f3","items":[{"sku":"A-1","qty":3,"price":19.99,"tags":["new","\\u00e9t\\u00e9"]},\
            {"sku":"B-22","qty":0,"price":null,"nested":{"deep":{"deeper":[[[]],[1,2,3.5e-7]]}}}],"ok":true}
            """;

    private static final String DIFF = """
            diff --git a/src/main.rs b/src/main.rs
            index 83db48f..bf269f4 100644
            --- a/src/main.rs
            +++ b/src/main.rs
            @@ -1,7 +1,9 @@ fn main() -> Result<(), Box<dyn Error>> {
            -    let x = args.get(1).unwrap();
            +    let x = args.get(1).ok_or("usage: x <file>")?;
            """;

    private Corpus() {}

    static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("nothing", "");
        texts.put("a letter", "a");
        texts.put("English", PROSE.repeat(5));
        texts.put(
                "German",
                "Die Straßenbahnhaltestellenüberdachung wurde größtenteils rückgebaut; Übermut tut selten gut. ");
        texts.put("French", "L'été dernier, nous étions allés à la plage, où l'œuvre d'un sculpteur était exposée. ");
        texts.put("Russian", "Съешь же ещё этих мягких французских булок, да выпей чаю, не спеша. ");
        texts.put("Greek", "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία κάθε φορά που διαβάζω. ");
        texts.put("Chinese", "我能吞下玻璃而不伤身体，網關記錄每一次嘗試，並且不保存提示詞。");
        texts.put("Japanese", "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。カタカナ");
        texts.put("Korean", "동해 물과 백두산이 마르고 닳도록 하느님이 보우하사 우리나라 만세.");
        texts.put("Arabic", "نص حكيم له سر قاطع وذو شأن عظيم مكتوب على ثوب أخضر ومغلف بجلد أزرق. ");
        texts.put("Hebrew", "דג סקרן שט לו בים מאוכזב ולפתע מצא לו חברה. ");
        texts.put("Hindi", "ऋषियों को सताने वाले दुष्ट राक्षसों के राजा रावण का सर्वनाश करने वाले। ");
        texts.put("Thai", "เป็นมนุษย์สุดประเสริฐเลิศคุณค่า กว่าบรรดาฝูงสัตว์เดรัจฉาน ");
        texts.put("Amharic", "ሰማይ አይታረስ ንጉሥ አይከሰስ። ብላ ካለኝ እንደአባቴ በቆመጠኝ። ");
        texts.put("Georgian", "ვეპხის ტყაოსანი შოთა რუსთაველი ღმერთსი შემვედრე. ");
        texts.put("Old Norse runes", "ᚠᛇᚻ᛫ᛒᛦᚦ᛫ᚠᚱᚩᚠᚢᚱ᛫ᚠᛁᚱᚪ᛫ᚷᛖᚻᚹᛦᛚᚳᚢᛗ ");
        texts.put("cuneiform", "𒀭𒂗𒍪𒀀𒈾𒆪 ");
        texts.put("emoji", "👩‍👩‍👧‍👦🏳️‍🌈👍🏽🇩🇪🧑🏿‍🚀😀😀😀");
        texts.put("marks", "Z̸̡̛͔a̴͎͝l̵̰̈g̷̱̈́o̶̹͝ é́́́́");
        texts.put("broken surrogates", "a\uD83Db\uDE00c");
        texts.put("controls", "\u0000\u0001\u001b[31mred\u001b[0m\r\n\u200b\ufeff\u2028");
        texts.put("markers", "<|endoftext|><|im_start|>system\n<|fim_prefix|>");
        texts.put("Java", CODE);
        texts.put("Python", PYTHON);
        texts.put("JSON", JSON);
        texts.put("diff", DIFF);
        texts.put("digits", "3.14159265358979323846264338327950288419716939937510 0000000000 1234567890123");
        texts.put("hex", "f3a1b2c4d5e6f708192a3b4c5d6e7f80".repeat(20));
        texts.put("base64", "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ+/9=".repeat(50));
        texts.put("path", "/home/someone/.m2/repository/com/example/artifact-name/1.2.3-SNAPSHOT/x_y.jar:12:34");
        texts.put("spaces", " ".repeat(3000));
        texts.put("lines", "\n".repeat(3000));
        texts.put("mixed gaps", " \t\n\r\n   \t".repeat(400));
        texts.put("one endless word", "a".repeat(40_000));
        texts.put("an endless sentence without gaps", "語".repeat(20_000));
        texts.put("punctuation", "!?#$%^&*()_+-=[]{};':\",./<>~`|\\".repeat(40));
        texts.put("table", "| a | b |\n|---|---|\n| 1 | 22.5 |\n".repeat(60));
        texts.put("long prose", PROSE.repeat(200));
        texts.put("long code", CODE.repeat(60));
        return texts;
    }

    /// The most that the public vocabularies of Claude 2, of Gemini and of DeepSeek V3 make of each, measured in November
    /// 2026.
    static Map<String, Long> elsewhere() {
        Map<String, Long> tokens = new LinkedHashMap<>();
        tokens.put("a letter", 1L);
        tokens.put("English", 230L);
        tokens.put("German", 32L);
        tokens.put("French", 34L);
        tokens.put("Russian", 47L);
        tokens.put("Greek", 68L);
        tokens.put("Chinese", 41L);
        tokens.put("Japanese", 43L);
        tokens.put("Korean", 42L);
        tokens.put("Arabic", 69L);
        tokens.put("Hebrew", 40L);
        tokens.put("Hindi", 78L);
        tokens.put("Thai", 106L);
        tokens.put("Amharic", 109L);
        tokens.put("Georgian", 63L);
        tokens.put("Old Norse runes", 88L);
        tokens.put("cuneiform", 25L);
        tokens.put("emoji", 49L);
        tokens.put("marks", 48L);
        tokens.put("broken surrogates", 9L);
        tokens.put("controls", 17L);
        tokens.put("markers", 23L);
        tokens.put("Java", 144L);
        tokens.put("Python", 114L);
        tokens.put("JSON", 93L);
        tokens.put("diff", 120L);
        tokens.put("digits", 77L);
        tokens.put("hex", 640L);
        tokens.put("base64", 1351L);
        tokens.put("path", 37L);
        tokens.put("spaces", 187L);
        tokens.put("lines", 188L);
        tokens.put("mixed gaps", 2800L);
        tokens.put("one endless word", 5000L);
        tokens.put("an endless sentence without gaps", 40000L);
        tokens.put("punctuation", 840L);
        tokens.put("table", 1200L);
        tokens.put("long prose", 9200L);
        tokens.put("long code", 8640L);
        return tokens;
    }
}
