package dev.lifeboat.local.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(RealPostgresExtension.class)
class ScriptRolesTest {
    @TempDir
    Path directory;

    @Test
    void ownersAndGranteesOfADumpAreFoundAndNothingInItsRows(RealPostgres postgres) throws IOException {
        String database = postgres.createDatabase();
        postgres.psql(database, """
                CREATE ROLE script_owner; CREATE ROLE "Script ""Reader\"""; CREATE ROLE script_writer;
                CREATE TABLE t (note text);
                INSERT INTO t VALUES ('ALTER TABLE x OWNER TO nobody;'), ('GRANT ALL ON x TO nobody;');
                ALTER TABLE t OWNER TO script_owner;
                GRANT SELECT ON t TO "Script ""Reader\"""; GRANT INSERT ON t TO script_writer; GRANT SELECT ON t TO PUBLIC;
                """);
        Path script = directory.resolve("dump.sql");
        postgres.run("pg_dump", "--file=" + script, "--dbname=" + database).orFail();

        assertThat(ScriptRoles.of(script))
                .contains("script_owner", "Script \"Reader\"", "script_writer")
                .doesNotContain("nobody", "PUBLIC");
    }

    @Test
    void aStatementMayHaveLinesAndBytesThatAreNoUtf8() throws IOException {
        Path script = directory.resolve("by-hand.sql");
        Files.write(
                script,
                "-- caf\u00e9\nGRANT SELECT\n  ON t\n  TO one;\nREVOKE ALL ON t FROM two;\n"
                        .getBytes(StandardCharsets.ISO_8859_1));

        assertThat(ScriptRoles.of(script)).containsExactly("one", "two");
    }
}
