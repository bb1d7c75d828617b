package dev.lifeboat.orchestrator.connection;

import java.time.Duration;
import java.util.Properties;

/**
 * How long a connection may wait, and what it may do.
 *
 * @param connect for TCP and the login, each; whole seconds
 * @param silence of an open connection; whole seconds, zero for no limit
 * @param statement enforced by the server; zero for no limit
 * @param readOnly whether the server refuses writes
 * @param applicationName shown in pg_stat_activity
 */
public record ConnectionLimits(
        Duration connect, Duration silence, Duration statement, boolean readOnly, String applicationName) {
    /** For a look: it changes nothing, and no answer is an answer. */
    public static ConnectionLimits look(String applicationName) {
        return new ConnectionLimits(
                Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(4), true, applicationName);
    }

    /** For a note that a look makes: as impatient as the look, and it may write. */
    public static ConnectionLimits note(String applicationName) {
        ConnectionLimits look = look(applicationName);
        return new ConnectionLimits(look.connect(), look.silence(), look.statement(), false, applicationName);
    }

    /**
     * For work, which may wait long for one statement: an index of a large table takes minutes. Only a dead peer must
     * not hold it, which {@link WatchedSocketFactory} finds out; a server that is there and silent is the affair of whoever knows
     * how long a statement may take.
     */
    public static ConnectionLimits work(String applicationName) {
        return new ConnectionLimits(Duration.ofSeconds(5), Duration.ZERO, Duration.ZERO, false, applicationName);
    }

    Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", seconds(connect));
        properties.setProperty("loginTimeout", seconds(connect));
        properties.setProperty("socketTimeout", seconds(silence));
        properties.setProperty("cancelSignalTimeout", "2");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("socketFactory", WatchedSocketFactory.class.getName());
        properties.setProperty("ApplicationName", applicationName);
        // A server's detail quotes keys and rows, and Lambda logs what an exception and its causes say.
        properties.setProperty("logServerErrorDetail", "false");
        StringBuilder options = new StringBuilder("-c statement_timeout=").append(statement.toMillis());
        if (readOnly) {
            options.append(" -c default_transaction_read_only=on");
        }
        properties.setProperty("options", options.toString());
        return properties;
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }
}
