package dev.lifeboat.pgrestore;

import java.util.Locale;

/**
 * A piece of an SQL statement.
 *
 * @param kind what it is
 * @param value of a word in lower case, of a quoted name or string without its quotes, else the text itself
 * @param start offset of its first character in the statement's text
 * @param end offset behind its last character
 */
record SqlToken(Kind kind, String value, int start, int end) {
    enum Kind {
        WORD,
        QUOTED_NAME,
        STRING,
        OTHER
    }

    boolean is(String word) {
        return kind == Kind.WORD && value.equals(word.toLowerCase(Locale.ROOT));
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.OTHER && value.equals(symbol);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }
}
