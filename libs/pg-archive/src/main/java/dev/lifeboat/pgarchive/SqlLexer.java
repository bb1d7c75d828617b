package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes SQL text apart, by the rules of PostgreSQL's scanners (scan.l, psqlscan.l) with {@code standard_conforming_strings = on}. A
 * semicolon ends a statement only outside of quotes, parentheses and the body of an SQL function. Text may be of bytes, one to a
 * character, too: in every encoding that a PostgreSQL server can have, what is ASCII means itself. Not thread-safe.
 */
final class SqlLexer {
    /** PostgreSQL cuts names, and so dollar quotes' tags, at 63 bytes. */
    private static final int LONGEST_TAG = 256;

    /** What the text holds, one after the other. */
    enum Piece {
        /** A statement that a semicolon ended; the text is behind it. */
        STATEMENT,
        /** A statement that the text ends in. */
        UNENDED,
        /** {@code --} between statements, to the end of its line. */
        COMMENT,
        /** A backslash and the rest of its line, between statements. */
        META_COMMAND,
        /** Nothing more. */
        END
    }

    private final SqlText text;
    private final boolean keepsTokens;
    private final List<SqlToken> tokens = new ArrayList<>();
    private final SqlNesting nesting = new SqlNesting();
    private String piece;
    private long line;

    /** @param keepsTokens whether statements are taken apart, too */
    SqlLexer(SqlText text, boolean keepsTokens) {
        this.text = text;
        this.keepsTokens = keepsTokens;
    }

    /** The piece that {@link #next} found: a statement without its semicolon, a line without its end. */
    String piece() {
        return piece;
    }

    /** Where it began. */
    long line() {
        return line;
    }

    /** The statement's tokens, without comments and white space. */
    List<SqlToken> tokens() {
        return List.copyOf(tokens);
    }

    /**
     * Reads to the end of the next piece.
     *
     * @throws SqlSyntaxException when the text is not SQL
     */
    Piece next() throws IOException {
        tokens.clear();
        nesting.clear();
        boolean begun = false;
        while (true) {
            int c = text.at(0);
            if (c < 0) {
                return begun ? endOf(Piece.UNENDED) : Piece.END;
            } else if (isSpace(c)) {
                text.skip(1);
            } else if (c == '/' && text.at(1) == '*') {
                skipBlockComment();
            } else if (c == '-' && text.at(1) == '-') {
                if (!begun) {
                    return line(Piece.COMMENT);
                }
                skipLine();
            } else if (c == '\\') {
                if (!begun) {
                    return line(Piece.META_COMMAND);
                }
                throw metaCommand();
            } else if (c == ';' && nesting.isOutside()) {
                if (begun) {
                    endOf(Piece.STATEMENT);
                    text.skip(1);
                    return Piece.STATEMENT;
                }
                text.skip(1);
            } else {
                if (!begun) {
                    begun = true;
                    begin();
                }
                token(c);
            }
        }
    }

    /** For a meta-command that nobody here obeys. */
    SqlSyntaxException metaCommand() throws IOException {
        if (text.at(0) == '\\') {
            line(Piece.META_COMMAND);
        }
        return new SqlSyntaxException(
                "has the meta-command " + Labels.shorten(piece.strip().split("\\s", 2)[0])
                        + ", which only psql could obey",
                line,
                false);
    }

    private void begin() {
        line = text.line();
        text.keep();
    }

    private Piece endOf(Piece kind) {
        piece = text.kept().strip();
        return kind;
    }

    private Piece line(Piece kind) throws IOException {
        begin();
        skipLine();
        return endOf(kind);
    }

    private void token(int c) throws IOException {
        int start = text.keptLength();
        if (c == '\'') {
            add(SqlToken.Kind.STRING, start, quoted('\'', false));
        } else if (c == '"') {
            add(SqlToken.Kind.QUOTED_NAME, start, quoted('"', false));
        } else if ((c == 'E' || c == 'e') && text.at(1) == '\'') {
            text.skip(1);
            add(SqlToken.Kind.STRING, start, quoted('\'', true));
        } else if (c == '$' && dollarTag() != null) {
            add(SqlToken.Kind.STRING, start, dollarQuoted(dollarTag()));
        } else if (isNameStart(c)) {
            word(start);
        } else {
            text.skip(1);
            nesting.symbol(c);
            add(SqlToken.Kind.OTHER, start, Character.toString((char) c));
        }
    }

    private void word(int start) throws IOException {
        StringBuilder name = new StringBuilder();
        while (isNamePart(text.at(0))) {
            name.append((char) text.at(0));
            text.skip(1);
        }
        String word = name.toString().toLowerCase(Locale.ROOT);
        nesting.word(word);
        add(SqlToken.Kind.WORD, start, word);
    }

    private void add(SqlToken.Kind kind, int start, String value) {
        if (keepsTokens) {
            tokens.add(new SqlToken(kind, value, start, text.keptLength()));
        }
    }

    private String quoted(char quote, boolean backslashEscapes) throws IOException {
        long opened = text.line();
        StringBuilder value = new StringBuilder();
        text.skip(1);
        for (int c = text.at(0); c >= 0; c = text.at(0)) {
            if (backslashEscapes && c == '\\' && text.at(1) >= 0) {
                append(value, c);
                append(value, text.at(1));
                text.skip(2);
            } else if (c == quote && text.at(1) == quote) {
                append(value, c);
                text.skip(2);
            } else {
                text.skip(1);
                if (c == quote) {
                    return value.toString();
                }
                append(value, c);
            }
        }
        throw unended("a quoted " + (quote == '"' ? "name" : "string"), opened);
    }

    private void append(StringBuilder value, int c) {
        if (keepsTokens) {
            value.append((char) c);
        }
    }

    /** {@code $$} or {@code $tag$} that begins here, or null. */
    private String dollarTag() throws IOException {
        StringBuilder tag = new StringBuilder("$");
        int c = text.at(1);
        if (c != '$' && !isNameStart(c)) {
            return null;
        }
        for (; c != '$'; c = text.at(tag.length())) {
            if (!isNamePart(c) || tag.length() > LONGEST_TAG) {
                return null;
            }
            tag.append((char) c);
        }
        return tag.append('$').toString();
    }

    private String dollarQuoted(String tag) throws IOException {
        long opened = text.line();
        StringBuilder value = new StringBuilder();
        text.skip(tag.length());
        for (int c = text.at(0); c >= 0; c = text.at(0)) {
            if (c == '$' && isHere(tag)) {
                text.skip(tag.length());
                return value.toString();
            }
            append(value, c);
            text.skip(1);
        }
        throw unended("a string quoted by " + Labels.shorten(tag), opened);
    }

    private boolean isHere(String wanted) throws IOException {
        for (int i = 0; i < wanted.length(); i++) {
            if (text.at(i) != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void skipBlockComment() throws IOException {
        long opened = text.line();
        int depth = 0;
        do {
            if (text.at(0) < 0) {
                throw unended("a comment", opened);
            }
            boolean opens = text.at(0) == '/' && text.at(1) == '*';
            boolean closes = text.at(0) == '*' && text.at(1) == '/';
            depth += opens ? 1 : closes ? -1 : 0;
            text.skip(opens || closes ? 2 : 1);
        } while (depth > 0);
    }

    private void skipLine() throws IOException {
        while (text.at(0) >= 0 && text.at(0) != '\n') {
            text.skip(1);
        }
    }

    private static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static boolean isNameStart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean isNamePart(int c) {
        return isNameStart(c) || (c >= '0' && c <= '9') || c == '$';
    }

    private static SqlSyntaxException unended(String within, long opened) {
        return new SqlSyntaxException("ends within " + within, opened, true);
    }
}
