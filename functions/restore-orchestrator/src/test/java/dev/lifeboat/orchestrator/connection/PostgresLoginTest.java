package dev.lifeboat.orchestrator.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.testsupport.BlackHole;
import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

    @Test
    @Timeout(30)
    void aServerThatVanishesHoldsALookForSecondsAlone(RealPostgres postgres) throws Exception {
        try (BlackHole hole = BlackHole.before(postgres.host(), postgres.port())) {
            PostgresLogin login = through(hole, postgres);
            try (Connection connection = login.connect("postgres", ConnectionLimits.look("test"));
                    Statement statement = connection.createStatement()) {
                hole.swallow();
                assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
            }
            assertThatThrownBy(() -> login.connect("postgres", ConnectionLimits.work("test")))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(SqlState.isSilent(e)).isTrue());
        }
    }

    @Test
    @Timeout(30)
    void rowsThatNobodyTakesEndTheConnection(RealPostgres postgres) throws Exception {
        try (BlackHole hole = BlackHole.before(postgres.host(), postgres.port());
                Socket socket =
                        new WatchedSocketFactory(Duration.ofSeconds(1)).createSocket("127.0.0.1", hole.port())) {
            hole.swallow();
            OutputStream rows = socket.getOutputStream();
            byte[] many = new byte[1 << 20];

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 200; i++) {
                            rows.write(many);
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Test
    void whoWaitsForAnAnswerAsksWhetherThePeerIsThere(RealPostgres postgres) throws Exception {
        try (Socket socket = new WatchedSocketFactory().createSocket(postgres.host(), postgres.port())) {
            assertThat(socket.getKeepAlive()).isTrue();
            assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(10);
            assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(5);
            assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT)).isEqualTo(4);
        }
        assertThat(ConnectionLimits.work("test").properties())
                .containsEntry("socketFactory", WatchedSocketFactory.class.getName());
    }

    private static PostgresLogin through(BlackHole hole, RealPostgres postgres) {
        return new PostgresLogin("127.0.0.1", hole.port(), new Credentials(postgres.superuser(), postgres.password()));
    }
}
