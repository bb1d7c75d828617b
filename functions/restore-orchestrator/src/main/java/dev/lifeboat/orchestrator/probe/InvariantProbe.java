package dev.lifeboat.orchestrator.probe;

import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.connection.ConnectionLimits;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import dev.lifeboat.orchestrator.connection.SqlState;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import dev.lifeboat.orchestrator.probe.InvariantRecord.LastGood;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Asks whether the data's invariants hold, and records when all of them did: a search for what broke them begins there. */
final class InvariantProbe {
    private static final Logger LOG = Logger.getLogger(InvariantProbe.class);
    /** The position first: whatever is asked afterwards has seen all that was written before it. */
    private static final String MOMENT = "SELECT CASE WHEN pg_is_in_recovery() THEN NULL"
            + " ELSE pg_current_wal_insert_lsn() END::text, clock_timestamp()";

    private final TargetLogins logins;
    private final Supplier<InvariantRecords> records;

    InvariantProbe(TargetLogins logins, Supplier<InvariantRecords> records) {
        this.logins = logins;
        this.records = records;
    }

    /** @param lsn null on a standby, whose data are its primary's */
    private record Moment(Instant at, String lsn) {}

    /** What each of them says, in their order; nothing is asked where there are none. */
    List<InvariantResult> look(ProbeRequest request) {
        if (request.invariants().isEmpty()) {
            return List.of();
        }
        Supplier<PostgresLogin> application = () -> logins.as(request.target(), request.applicationSecret());
        Optional<InvariantRecord> before = known(request);
        Map<String, Double> numbers = before.map(InvariantRecord::numbers).orElse(Map.of());
        Optional<Moment> moment = moment(request, application);
        List<InvariantResult> said =
                new InvariantLooks(application, request.target().database(), numbers).look(request.invariants());
        moment.ifPresent(at -> record(request, before, at, said));
        return said;
    }

    private static Optional<Moment> moment(ProbeRequest request, Supplier<PostgresLogin> application) {
        ConnectionLimits limits = ConnectionLimits.look("lifeboat-invariants");
        try (Connection connection = application.get().connect(request.target().database(), limits);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(MOMENT)) {
            row.next();
            return Optional.of(new Moment(row.getObject(2, OffsetDateTime.class).toInstant(), row.getString(1)));
        } catch (SQLException e) {
            LOG.warnf("The position in the WAL cannot be asked for: %s", SqlState.describe(e));
            return Optional.empty();
        } catch (LifeboatException e) {
            LOG.warnf("The position in the WAL cannot be asked for: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<InvariantRecord> known(ProbeRequest request) {
        try {
            return records.get().find(request.target());
        } catch (LifeboatException e) {
            LOG.warnf("When all invariants held last cannot be read: %s", e.getMessage());
            return Optional.empty();
        }
    }

    /** What cannot be written is written a minute later: the metric counts more. */
    private void record(
            ProbeRequest request, Optional<InvariantRecord> before, Moment moment, List<InvariantResult> said) {
        Boolean holding = said.stream().allMatch(each -> each.answer() == Answer.YES)
                ? Boolean.TRUE
                : said.stream().anyMatch(each -> each.answer() == Answer.NO) ? Boolean.FALSE : null;
        LastGood lastGood = Boolean.TRUE.equals(holding) && moment.lsn() != null
                ? new LastGood(moment.at(), moment.lsn(), numbers(said))
                : before.map(InvariantRecord::lastGood).orElse(null);
        try {
            records.get()
                    .keep(
                            request.target(),
                            new InvariantRecord(
                                    1,
                                    moment.at(),
                                    holding,
                                    request.applicationSecret(),
                                    request.invariants(),
                                    lastGood));
        } catch (LifeboatException e) {
            LOG.warnf("What the invariants say cannot be recorded: %s", e.getMessage());
        }
    }

    private static Map<String, Double> numbers(List<InvariantResult> said) {
        return said.stream()
                .filter(each -> each.number() != null)
                .collect(Collectors.toMap(InvariantResult::name, InvariantResult::number));
    }
}
