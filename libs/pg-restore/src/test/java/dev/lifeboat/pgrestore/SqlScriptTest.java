package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.pgarchive.SqlStatement;
import dev.lifeboat.pgarchive.SqlToken;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {
    private static List<String> texts(String script) {
        return SqlScript.statements(script).stream().map(SqlStatement::text).toList();
    }

    @Test
    void aSemicolonEndsAStatementOnlyOutsideOfQuotesAndComments() {
        assertThat(texts("""
                -- a; comment
                SELECT 'a;''b', "c;""d", $$e;f$$, $tag$g;$$h$tag$, E'i\\';j' /* k; /* l; */ m; */;;
                SELECT 2;
                SELECT 3 -- without an end
                """)).containsExactly("""
                SELECT 'a;''b', "c;""d", $$e;f$$, $tag$g;$$h$tag$, E'i\\';j'\
                 /* k; /* l; */ m; */""", "SELECT 2", "SELECT 3 -- without an end");
    }

    @Test
    void aBackslashIsAnOrdinaryCharacterInAStandardString() {
        assertThat(texts("SELECT 'a\\'; SELECT 2")).containsExactly("SELECT 'a\\'", "SELECT 2");
    }

    @Test
    void aSemicolonWithinParenthesesOrTheBodyOfAnSqlFunctionEndsNothing() {
        String rule = "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b)";
        String function = "CREATE OR REPLACE FUNCTION public.f(a int) RETURNS int LANGUAGE sql"
                + " BEGIN ATOMIC SELECT CASE WHEN a > 0 THEN 1 END; SELECT 2; END";
        String trigger = "CREATE TRIGGER t AFTER INSERT ON t EXECUTE FUNCTION begin()";
        assertThat(texts(rule + ";\n" + function + ";\n" + trigger + ";\nBEGIN;\nCOMMIT;"))
                .containsExactly(rule, function, trigger, "BEGIN", "COMMIT");
    }

    @Test
    void whatIsCalledFunctionOrProcedureIsNoRoutine() {
        String view = "CREATE VIEW public.procedure AS SELECT t.begin FROM public.t";
        String table = "CREATE UNLOGGED TABLE function (a int) PARTITION BY begin";
        assertThat(texts(view + ";\n" + table + ";\nSELECT 1;")).containsExactly(view, table, "SELECT 1");
    }

    @Test
    void whatWasWrittenForEscapingBackslashesMeansTheSameInStandardStrings() {
        assertThat(SqlScript.withStandardStrings(
                        "COMMENT ON TABLE \"a\\\" IS 'it''s \\\\n, ';\nSELECT E'\\\\', $$\\$$, 'b'"))
                .isEqualTo("COMMENT ON TABLE \"a\\\" IS E'it''s \\\\n, ';\nSELECT E'\\\\', $$\\$$, 'b';\n");
    }

    @Test
    void aFaultFarBehindIsFoundInItsLine() {
        String script = "SELECT 1;\n".repeat(200_000) + "SELECT 'open";
        assertThatThrownBy(() -> SqlScript.statements(script)).hasMessageContaining("(line 200001)");
    }

    @Test
    void namesAndStringsHaveTheirValuesWithoutQuotes() {
        SqlStatement statement = SqlScript.statements("ALTER ROLE \"Odd \"\"one\" IS 'it''s', PlaIn, $x$y$x$")
                .get(0);
        assertThat(statement.tokens())
                .extracting(SqlToken::value)
                .containsExactly("alter", "role", "Odd \"one", "is", "it's", ",", "plain", ",", "y");
        assertThat(statement.replace(2, "\"x\"")).startsWith("ALTER ROLE \"x\" IS");
    }

    @Test
    void theRestrictionsOfNewerDumpsAreAccepted() {
        assertThat(texts("\\restrict Abc123\nSELECT 1;\n\\unrestrict Abc123\n")).containsExactly("SELECT 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\\! rm -rf /   | has the meta-command \\!, which only psql could obey",
                "SELECT 1; \\i x | has the meta-command \\i, which only psql could obey",
                "SELECT 'open   | ends within a quoted string",
                "SELECT \"open  | ends within a quoted name",
                "SELECT $a$ $$  | ends within a string quoted by $a$",
                "SELECT /* /* */| ends within a comment",
            })
    void anythingElseIsRefused(String script, String why) {
        assertThatThrownBy(() -> SqlScript.statements(script))
                .hasMessage("An SQL script of the backup " + why + " (line 1)."
                        + " HINT: It is not what pg_dump or pg_dumpall writes; restore another backup.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER ROLE app PASSWORD 'secret'",
                "ALTER ROLE app PASSWORD\nE'secret'",
                "CREATE USER MAPPING FOR app SERVER other OPTIONS (\n    password 'secret', \"user\" 'x')",
                "CREATE SUBSCRIPTION s CONNECTION 'host=other password=secret' PUBLICATION p"
            })
    void aMessageShowsNoSecretOfAStatement(String sql) {
        assertThat(SqlStatement.shown(sql)).doesNotContain("secret").endsWith(" …");
    }
}
