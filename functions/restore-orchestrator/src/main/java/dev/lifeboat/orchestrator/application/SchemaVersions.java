package dev.lifeboat.orchestrator.application;

import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.connection.ConnectionLimits;
import dev.lifeboat.orchestrator.connection.SqlState;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The version of a database's schema, as the application's migrations have left it. */
final class SchemaVersions {
    private final Supplier<TargetLogins> logins;

    SchemaVersions(Supplier<TargetLogins> logins) {
        this.logins = logins;
    }

    /**
     * What a look at the database gave.
     *
     * @param asked whether the target names a query
     * @param version the answer; null when there is none
     * @param reason why there is none, null otherwise
     */
    record Found(boolean asked, String version, String reason) {
        static final Found NOT_ASKED = new Found(false, null, null);
    }

    /** Reads it; whatever goes wrong is a reason. */
    Found read(Target target) {
        if (target.policy().schemaQuery() == null) {
            return Found.NOT_ASKED;
        }
        try (Connection connection = logins.get()
                        .administrator(target)
                        .connect(target.database(), ConnectionLimits.look("lifeboat-schema"));
                Statement statement = connection.createStatement()) {
            statement.setMaxRows(1);
            try (ResultSet rows = statement.executeQuery(target.policy().schemaQuery())) {
                String version = rows.next() ? rows.getString(1) : null;
                return new Found(true, version, version == null ? "The schema's query returned nothing." : null);
            }
        } catch (SQLException e) {
            return new Found(true, null, SqlState.describe(e));
        } catch (LifeboatException e) {
            return new Found(true, null, e.getMessage());
        }
    }

    /**
     * Compares versions as numbers, part by part: {@code 41}, {@code 20261123.2}, {@code V3.10}.
     *
     * @return less than, equal to or greater than zero; empty when one is no such version
     */
    static Optional<Integer> compare(String one, String other) {
        Optional<List<BigInteger>> left = parts(one);
        Optional<List<BigInteger>> right = parts(other);
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        int length = Math.max(left.get().size(), right.get().size());
        for (int i = 0; i < length; i++) {
            int compared = part(left.get(), i).compareTo(part(right.get(), i));
            if (compared != 0) {
                return Optional.of(compared);
            }
        }
        return Optional.of(0);
    }

    private static BigInteger part(List<BigInteger> parts, int index) {
        return index < parts.size() ? parts.get(index) : BigInteger.ZERO;
    }

    private static Optional<List<BigInteger>> parts(String version) {
        String text = version == null ? "" : version.strip();
        return text.matches("[vV]?[0-9]{1,40}([._-][0-9]{1,40}){0,9}")
                ? Optional.of(Arrays.stream(text.replaceFirst("^[vV]", "").split("[._-]"))
                        .map(BigInteger::new)
                        .toList())
                : Optional.empty();
    }
}
