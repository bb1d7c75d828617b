package dev.lifeboat.report;

/** Text for HTML: whatever it holds, it stays text. */
final class HtmlText {
    private HtmlText() {}

    /** Safe as an element's content and within a quoted attribute. */
    static String escape(Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(isPlain(c) ? c : '\uFFFD');
            }
        }
        return safe.toString();
    }

    /** HTML forbids the other control characters, even escaped. */
    private static boolean isPlain(char c) {
        return (c >= ' ' && c != '\u007f') || c == '\n' || c == '\t';
    }
}
