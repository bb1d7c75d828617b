package dev.lifeboat.pgrestore;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * One statement of a script, without its semicolon.
 *
 * @param text as it was written
 * @param tokens without comments and white space
 */
record SqlStatement(String text, List<SqlToken> tokens) {
    private static final int SHOWN = 120;
    /** A role's password, a foreign server's or user's options, a subscription's connection. */
    private static final Pattern SECRET =
            Pattern.compile("\\b(PASSWORD|OPTIONS|CONNECTION)\\b(?: *E?'| *\\$| *\\().*", Pattern.CASE_INSENSITIVE);

    SqlStatement {
        tokens = List.copyOf(tokens);
    }

    /** Whether it begins with these keywords. */
    boolean startsWith(String... words) {
        if (tokens.size() < words.length) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!tokens.get(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    /** The name at that place, or null when there is none. */
    String nameAt(int index) {
        return index < tokens.size() && tokens.get(index).isName()
                ? tokens.get(index).value()
                : null;
    }

    /** Where the keyword first stands, from a place on. */
    OptionalInt find(String word, int from) {
        for (int i = from; i < tokens.size(); i++) {
            if (tokens.get(i).is(word)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** The same statement with one token replaced. */
    String replace(int index, String replacement) {
        SqlToken token = tokens.get(index);
        return text.substring(0, token.start()) + replacement + text.substring(token.end());
    }

    /** The beginning of SQL text on one line, for messages, without what may hold a password. */
    static String shown(String sql) {
        String line = SECRET.matcher(sql.strip().replaceAll("\\s+", " ")).replaceFirst("$1 …");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
