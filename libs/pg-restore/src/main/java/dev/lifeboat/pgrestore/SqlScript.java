package dev.lifeboat.pgrestore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes an SQL script apart, by the rules of PostgreSQL's scanner (scan.l, psqlscan.l) with
 * {@code standard_conforming_strings = on}. Of psql's meta-commands it knows {@code restrict} and {@code unrestrict}, which
 * change nothing here: no other is ever obeyed.
 */
final class SqlScript {
    private final String script;
    private final List<SqlStatement> statements = new ArrayList<>();
    private final List<SqlToken> tokens = new ArrayList<>();
    private int at;
    private int statementStart = -1;

    private SqlScript(String script) {
        this.script = script;
    }

    /**
     * @throws RestoreException of kind UNUSABLE_ARCHIVE when the script is not one that PostgreSQL's programs write
     */
    static List<SqlStatement> statements(String script) {
        return new SqlScript(script).split();
    }

    private List<SqlStatement> split() {
        while (at < script.length()) {
            char c = script.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (script.startsWith("--", at)) {
                at = endOfLine();
            } else if (script.startsWith("/*", at)) {
                skipBlockComment();
            } else if (c == '\\') {
                metaCommand();
            } else if (c == ';') {
                endStatement();
                at++;
            } else {
                token(c);
            }
        }
        endStatement();
        return statements;
    }

    private void token(char c) {
        if (statementStart < 0) {
            statementStart = at;
        }
        int start = at;
        if (c == '\'') {
            add(SqlToken.Kind.STRING, start, quoted('\'', false));
        } else if (c == '"') {
            add(SqlToken.Kind.QUOTED_NAME, start, quoted('"', false));
        } else if (isEscapeString(c)) {
            at++;
            add(SqlToken.Kind.STRING, start, quoted('\'', true));
        } else if (c == '$' && dollarTag() != null) {
            add(SqlToken.Kind.STRING, start, dollarQuoted(dollarTag()));
        } else if (isNameStart(c)) {
            while (at < script.length() && isNamePart(script.charAt(at))) {
                at++;
            }
            add(SqlToken.Kind.WORD, start, script.substring(start, at).toLowerCase(Locale.ROOT));
        } else {
            at++;
            add(SqlToken.Kind.OTHER, start, script.substring(start, at));
        }
    }

    private void add(SqlToken.Kind kind, int start, String value) {
        tokens.add(new SqlToken(kind, value, start - statementStart, at - statementStart));
    }

    private void endStatement() {
        if (!tokens.isEmpty()) {
            statements.add(new SqlStatement(script.substring(statementStart, at).strip(), tokens));
        }
        tokens.clear();
        statementStart = -1;
    }

    private boolean isEscapeString(char c) {
        return (c == 'E' || c == 'e') && at + 1 < script.length() && script.charAt(at + 1) == '\'';
    }

    private String quoted(char quote, boolean backslashEscapes) {
        StringBuilder value = new StringBuilder();
        for (at++; at < script.length(); at++) {
            char c = script.charAt(at);
            boolean more = at + 1 < script.length();
            if (backslashEscapes && c == '\\' && more) {
                value.append(c).append(script.charAt(++at));
            } else if (c == quote && more && script.charAt(at + 1) == quote) {
                value.append(script.charAt(++at));
            } else if (c == quote) {
                at++;
                return value.toString();
            } else {
                value.append(c);
            }
        }
        throw broken("ends within a quoted " + (quote == '"' ? "name" : "string"));
    }

    /** {@code $$} or {@code $tag$} that begins here, or null. */
    private String dollarTag() {
        int end = at + 1;
        while (end < script.length() && isNamePart(script.charAt(end)) && script.charAt(end) != '$') {
            end++;
        }
        boolean closed = end < script.length() && script.charAt(end) == '$';
        boolean number = end > at + 1 && Character.isDigit(script.charAt(at + 1));
        return closed && !number ? script.substring(at, end + 1) : null;
    }

    private String dollarQuoted(String tag) {
        int from = at + tag.length();
        int end = script.indexOf(tag, from);
        if (end < 0) {
            throw broken("ends within a string quoted by " + tag);
        }
        at = end + tag.length();
        return script.substring(from, end);
    }

    private void skipBlockComment() {
        int depth = 0;
        do {
            if (script.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (script.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < script.length());
        if (depth > 0) {
            throw broken("ends within a comment");
        }
    }

    private void metaCommand() {
        String line = script.substring(at, endOfLine()).strip();
        String command = line.split("\\s", 2)[0];
        if (!command.equals("\\restrict") && !command.equals("\\unrestrict")) {
            throw broken("has the meta-command " + command + ", which only psql could obey");
        }
        at = endOfLine();
    }

    private int endOfLine() {
        int end = script.indexOf('\n', at);
        return end < 0 ? script.length() : end;
    }

    private static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_' || c >= '\u0080';
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || Character.isDigit(c) || c == '$';
    }

    private RestoreException broken(String what) {
        long line = 1 + script.chars().limit(at).filter(c -> c == '\n').count();
        return new RestoreException(
                RestoreException.Kind.UNUSABLE_ARCHIVE,
                "An SQL script of the backup " + what + " (line " + line + ").",
                "It is not what pg_dump or pg_dumpall writes; restore another backup.");
    }
}
