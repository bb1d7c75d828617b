package dev.lifeboat.pgarchive;

import java.util.Locale;

/**
 * A piece of an SQL statement.
 *
 * @param kind what it is
 * @param value of a word in lower case, of a quoted name or string without its quotes, else the text itself
 * @param start offset of its first character in the statement's text
 * @param end offset behind its last character
 */
public record SqlToken(Kind kind, String value, int start, int end) {
    /** What a token is. */
    public enum Kind {
        /** A key word or a name without quotes. */
        WORD,
        /** A name in double quotes. */
        QUOTED_NAME,
        /** A string, however it is quoted. */
        STRING,
        /** Anything else, one character of it. */
        OTHER
    }

    /** Whether it is that key word, however it is written. */
    public boolean is(String word) {
        return kind == Kind.WORD && value.equals(word.toLowerCase(Locale.ROOT));
    }

    /** Whether it is that character. */
    public boolean isSymbol(String symbol) {
        return kind == Kind.OTHER && value.equals(symbol);
    }

    /** Whether it may be a name. */
    public boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }
}
