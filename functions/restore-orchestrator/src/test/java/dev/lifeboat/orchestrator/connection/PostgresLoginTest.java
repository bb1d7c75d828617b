package dev.lifeboat.orchestrator.connection;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
class PostgresLoginTest {
    @Test
    void whatTheServerSaysOfRowsIsInNoExceptionsMessage(RealPostgres postgres) throws SQLException {
        PostgresLogin login = new PostgresLogin(
                postgres.host(), postgres.port(), new Credentials(postgres.superuser(), postgres.password()));

        try (Connection connection = login.connect("postgres", ConnectionLimits.work("test"));
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(
                            () -> statement.execute(
                                    "CREATE TEMPORARY TABLE t (token text PRIMARY KEY); INSERT INTO t VALUES ('a-secret'), ('a-secret')"))
                    .isInstanceOf(SQLException.class)
                    .hasMessage("ERROR: duplicate key value violates unique constraint \"t_pkey\"");
        }
    }
}
