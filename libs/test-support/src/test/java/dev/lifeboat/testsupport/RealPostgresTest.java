package dev.lifeboat.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
class RealPostgresTest {
    @Test
    void answersItsSuperuserAndRefusesAWrongPassword(RealPostgres postgres) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_user, inet_server_addr()::text")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("postgres");
            assertThat(row.getString(2)).startsWith("127.0.0.1");
        }
        assertThatThrownBy(() -> postgres.connect("postgres", "postgres", "wrong"))
                .hasMessage("FATAL: password authentication failed for user \"postgres\"");
    }

    @Test
    void runsItsOwnPrograms(RealPostgres postgres) {
        String database = postgres.createDatabase();
        postgres.psql(database, "CREATE TABLE harbour (berth int); INSERT INTO harbour VALUES (7);");
        assertThat(postgres.run("pg_dump", "--inserts", database).orFail().output())
                .contains("INSERT INTO public.harbour VALUES (7);");
    }

    @Test
    void aFailingProgramFailsTheTestWithItsOwnWords(RealPostgres postgres) {
        assertThatThrownBy(() -> postgres.psql("postgres", "SELECT 1/0;"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ended with 3:\nERROR:  division by zero");
    }

    @Test
    void keepsItsDataOverACrashAndRemovesThemWhenClosed() throws SQLException {
        RealPostgres own = RealPostgres.start();
        try (own) {
            own.psql("postgres", "CREATE TABLE kept (); CHECKPOINT;");
            own.stop();
            assertThatThrownBy(() -> own.connect("postgres")).isInstanceOf(SQLException.class);
            own.startServer();
            own.psql("postgres", "TABLE kept;");
        }
        assertThat(Files.exists(own.dataDirectory())).isFalse();
    }
}
