package dev.lifeboat.pgarchive;

import dev.lifeboat.pgarchive.SqlLexer.Piece;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * One statement of a script, without its semicolon.
 *
 * @param text as it was written
 * @param tokens without comments and white space
 */
public record SqlStatement(String text, List<SqlToken> tokens) {
    private static final int SHOWN = 120;
    /** A role's password, a foreign server's or user's options, a subscription's connection. */
    private static final Pattern SECRET =
            Pattern.compile("\\b(PASSWORD|OPTIONS|CONNECTION)\\b(?: *E?'| *\\$| *\\().*", Pattern.CASE_INSENSITIVE);

    public SqlStatement {
        tokens = List.copyOf(tokens);
    }

    /**
     * Takes a script apart. Of psql's meta-commands it knows {@code restrict} and {@code unrestrict}, which change nothing here: no other
     * is ever obeyed.
     *
     * @throws SqlSyntaxException when the script is not one that PostgreSQL's programs write
     */
    public static List<SqlStatement> parse(String script) {
        SqlLexer lexer = new SqlLexer(SqlText.of(script), true);
        List<SqlStatement> statements = new ArrayList<>();
        try {
            for (Piece piece = lexer.next(); piece != Piece.END; piece = lexer.next()) {
                if (piece == Piece.META_COMMAND && !isRestriction(lexer.piece())) {
                    throw lexer.metaCommand();
                }
                if (piece == Piece.STATEMENT || piece == Piece.UNENDED) {
                    statements.add(new SqlStatement(lexer.piece(), lexer.tokens()));
                }
            }
        } catch (IOException e) {
            throw new AssertionError("A string does no I/O", e);
        }
        return statements;
    }

    private static boolean isRestriction(String line) {
        return line.matches("\\\\(un)?restrict(\\s.*)?");
    }

    /** Whether it begins with these keywords. */
    public boolean startsWith(String... words) {
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
    public String nameAt(int index) {
        return index < tokens.size() && tokens.get(index).isName()
                ? tokens.get(index).value()
                : null;
    }

    /** Where the keyword first stands, from a place on. */
    public OptionalInt find(String word, int from) {
        for (int i = from; i < tokens.size(); i++) {
            if (tokens.get(i).is(word)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** Whether it is {@code ALTER … OWNER TO role}, the role being its last token. */
    public boolean isAboutOwner() {
        int last = tokens.size() - 1;
        return startsWith("ALTER")
                && last > 2
                && tokens.get(last - 2).is("OWNER")
                && tokens.get(last - 1).is("TO")
                && tokens.get(last).isName();
    }

    /** The same statement with one token replaced. */
    public String replace(int index, String replacement) {
        SqlToken token = tokens.get(index);
        return text.substring(0, token.start()) + replacement + text.substring(token.end());
    }

    /** The beginning of SQL text on one line, for messages, without what may hold a password. */
    public static String shown(String sql) {
        String line = SECRET.matcher(sql.strip().replaceAll("\\s+", " ")).replaceFirst("$1 …");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
