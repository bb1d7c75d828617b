package dev.lifeboat.orchestrator.pointintime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.orchestrator.connection.ConnectionLimits;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
final class FormerSessionsTest {
    private static final int COMES_BACK = 4;

    @Test
    void whoComesBackIsSentAwayAgainUntilNobodyDoes(RealPostgres server) throws Exception {
        ExecutorService clients = Executors.newSingleThreadExecutor();
        CountDownLatch connected = new CountDownLatch(1);
        try {
            Future<Integer> sentAway = clients.submit(() -> comeBack(server, connected));
            assertThat(connected.await(10, TimeUnit.SECONDS)).isTrue();

            int ended = FormerSessions.end(login(server), "lifeboat-test");

            assertThat(sentAway.get(1, TimeUnit.SECONDS)).isEqualTo(COMES_BACK);
            assertThat(ended).isGreaterThanOrEqualTo(COMES_BACK);
            try (Connection own = login(server).connect("postgres", ConnectionLimits.look("lifeboat-test"))) {
                assertThat(FormerSessions.count(own)).isZero();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    /** @return how often its session was ended */
    private static int comeBack(RealPostgres server, CountDownLatch connected) throws InterruptedException {
        int ended = 0;
        while (ended < COMES_BACK) {
            try (Connection connection = server.connect("postgres");
                    Statement statement = connection.createStatement()) {
                connected.countDown();
                statement.execute("SELECT pg_sleep(60)");
            } catch (SQLException e) {
                ended++;
            }
            Thread.sleep(500);
        }
        return ended;
    }

    @Test
    void whatDoesNotAnswerIsTold(RealPostgres server) {
        PostgresLogin nobody =
                new PostgresLogin("127.0.0.1", 1, new Credentials(server.superuser(), server.password()));

        assertThatThrownBy(() -> FormerSessions.end(nobody, "lifeboat-test")).isInstanceOf(SQLException.class);
    }

    private static PostgresLogin login(RealPostgres server) {
        return new PostgresLogin(server.host(), server.port(), new Credentials(server.superuser(), server.password()));
    }
}
