package dev.lifeboat.pgarchive;

/** Makes text of an archive fit for a message: one line, of bounded length. */
final class Labels {
    private Labels() {}

    static String shorten(String text) {
        boolean tooLong = text.length() > Limits.MAX_LABEL_CHARACTERS;
        String head = tooLong ? text.substring(0, Limits.MAX_LABEL_CHARACTERS) + "…" : text;
        return head.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
