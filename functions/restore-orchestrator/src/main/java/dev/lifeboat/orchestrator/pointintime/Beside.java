package dev.lifeboat.orchestrator.pointintime;

import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.contract.error.DatabaseUnavailableException;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.ClusterConnection;
import dev.lifeboat.kubernetes.Fence;
import dev.lifeboat.kubernetes.InstanceState;
import dev.lifeboat.kubernetes.KubernetesAccess;
import dev.lifeboat.kubernetes.LastTakeOver;
import dev.lifeboat.kubernetes.PostgresEndpoint;
import dev.lifeboat.kubernetes.TakenOver;
import dev.lifeboat.orchestrator.connection.ConnectionLimits;
import dev.lifeboat.orchestrator.connection.PostgresLogin;
import dev.lifeboat.orchestrator.connection.SqlState;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.ArchiveSeen;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.BesideCreated;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.BesideDiscarded;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.BesideSeen;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.BesideState;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.OldQuarantined;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.PointUndone;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.Promoted;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.TookOver;
import dev.lifeboat.pgrestore.FencingTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The instance beside the live one, or the live one where it is restored in place, from its first step to its take-over. Every act may come twice: each looks at what is there, and does
 * what is missing. What an older recovery still sends is refused by the lease, and where it was read too early by the fence of the object.
 */
final class Beside {
    private static final Logger LOG = Logger.getLogger(Beside.class);
    private static final String CLIENT = "lifeboat-point-in-time";
    private static final List<String> OF_STEPS = List.of(RestoreStep.PREFIX, RestoreStep.LIST_COMMITS);

    /** After that many ends of its containers an instance will not come up by itself. */
    private static final int MOST_RESTARTS = 4;

    private static final int LOG_LINES = 40;

    private final Function<String, ClusterConnection> clusters;
    private final Function<String, Credentials> secrets;
    private final Consumer<RecoveryScope> lease;

    /**
     * @param clusters finds a cluster by its name
     * @param secrets who may log in, by the secret's id
     * @param lease throws when the lease is not the scope's any more
     */
    Beside(
            Function<String, ClusterConnection> clusters,
            Function<String, Credentials> secrets,
            Consumer<RecoveryScope> lease) {
        this.clusters = clusters;
        this.secrets = secrets;
        this.lease = lease;
    }

    BesideCreated create(RecoveryScope scope, RestoreStep asked, Place place) {
        lease.accept(scope);
        boolean inPlace = place == Place.IN_PLACE;
        RestoreStep step = inPlace ? asked.inPlace(scope.token(), scope.incident()) : asked;
        return with(scope, access -> {
            Target target = scope.target();
            String name = inPlace
                    ? access.instances().live(target.namespace(), target.postgresService())
                    : BesidePlace.name(access, scope);
            if (isPast(access, scope, name, step)) {
                return new BesideCreated(name, step.number());
            }
            // What recoveries before this one have left takes room, and might be taken for this one's.
            access.instances()
                    .discard(target.namespace(), target.postgresService(), name, scope.incident(), fence(scope));
            long taken = access.instances()
                    .state(target.namespace(), name)
                    .map(Beside::step)
                    .orElse(0L);
            if (taken > step.number()) {
                throw new InvalidInputException(
                        "Field 'step.number' is " + step.number() + ", and instance " + name + " is at step " + taken
                                + " already.",
                        "Number steps upwards.");
            }
            Map<String, String> environment = new TreeMap<>(step.environment());
            // While it is looked into: what it would archive does not belong to the live archive.
            environment.put(RestoreStep.ARCHIVE_MODE, "off");
            access.instances()
                    .ensureBeside(
                            target.namespace(), target.postgresService(), name, environment, OF_STEPS, fence(scope));
            return new BesideCreated(name, step.number());
        });
    }

    /**
     * Whether the recovery has gone on from a step: a call that comes late would replace the pod of an instance that may be live, and the
     * next one would archive nothing.
     */
    private static boolean isPast(KubernetesAccess access, RecoveryScope scope, String name, RestoreStep step) {
        String namespace = scope.target().namespace();
        Map<String, String> wanted = access.instances()
                .state(namespace, name)
                .map(InstanceState::wanted)
                .orElse(Map.of());
        String taken = wanted.get(RestoreStep.NUMBER);
        return taken == null
                ? access.instances().isPromotedBy(namespace, name, scope.incident(), fence(scope))
                : taken.equals(Long.toString(step.number())) && "on".equals(wanted.get(RestoreStep.ARCHIVE_MODE));
    }

    BesideSeen status(RecoveryScope scope, String instance) {
        return status(scope, require(scope, instance));
    }

    private BesideSeen status(RecoveryScope scope, InstanceState state) {
        if (state.pod() == null || state.pod().terminating() || isOutdated(state)) {
            return seen(state, BesideState.RESTORING, null, "Its next pod is on its way.");
        }
        if (state.endpoint() == null) {
            return notAnswering(scope, state, state.pod().summary());
        }
        try (Connection connection =
                login(scope, state.endpoint()).connect("postgres", ConnectionLimits.look(CLIENT))) {
            return ask(state, connection);
        } catch (SQLException e) {
            return notAnswering(scope, state, SqlState.describe(e));
        }
    }

    private static boolean isOutdated(InstanceState state) {
        return List.of(RestoreStep.NUMBER, RestoreStep.ARCHIVE_MODE).stream()
                // After the take-over nothing is wanted any more, and the pod stays as it is.
                .filter(state.wanted()::containsKey)
                .anyMatch(
                        name -> !state.wanted().get(name).equals(state.actual().get(name)));
    }

    private BesideSeen notAnswering(RecoveryScope scope, InstanceState state, String why) {
        boolean ended = state.pod().restarts() > 0;
        String said = ended ? lastWords(scope, state) : "";
        boolean hopeless = state.pod().restarts() >= MOST_RESTARTS
                || said.contains("recovery ended before configured recovery target was reached")
                || said.contains("requested recovery stop point is before consistent recovery point");
        String reason = state.pod().summary() + ": " + (said.isEmpty() ? why : said);
        return seen(state, hopeless ? BesideState.FAILED : BesideState.RESTORING, null, reason);
    }

    /** What PostgreSQL or its entrypoint complained of last. */
    private String lastWords(RecoveryScope scope, InstanceState state) {
        String log = with(
                scope,
                access -> access.logs()
                        .tail(scope.target().namespace(), state.pod().name(), "postgres", LOG_LINES));
        List<String> complaints = log.lines()
                .filter(line -> line.contains("FATAL") || line.contains("ERROR") || line.contains("PANIC"))
                .toList();
        return complaints.isEmpty()
                ? ""
                : String.join(" ", complaints.subList(Math.max(0, complaints.size() - 3), complaints.size()));
    }

    private static BesideSeen ask(InstanceState state, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                    SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn()::text, pg_last_xact_replay_timestamp(),
                      CASE WHEN pg_is_in_recovery() THEN pg_get_wal_replay_pause_state() = 'paused' END,
                      EXISTS (SELECT FROM pg_stat_activity
                              WHERE backend_type = 'startup' AND wait_event = 'RecoveryRetrieveRetryInterval')\
                    """)) {
            row.next();
            String lsn = row.getString(2);
            OffsetDateTime at = row.getObject(3, OffsetDateTime.class);
            BesideState how = !row.getBoolean(1)
                    ? BesideState.PROMOTED
                    : row.getBoolean(4) || row.getBoolean(5) ? BesideState.PAUSED : BesideState.REPLAYING;
            String reason = switch (how) {
                case PROMOTED -> "It takes writes.";
                case PAUSED ->
                    row.getBoolean(4)
                            ? "It stands at its point, LSN " + lsn + "."
                            : "It has replayed all that is archived, to LSN " + lsn + ".";
                default -> "It has replayed to LSN " + lsn + ".";
            };
            return new BesideSeen(
                    state.name(), how, step(state), archives(state), lsn, at == null ? null : at.toInstant(), reason);
        }
    }

    private static BesideSeen seen(InstanceState state, BesideState how, String lsn, String reason) {
        return new BesideSeen(state.name(), how, step(state), archives(state), lsn, null, reason);
    }

    private static long step(InstanceState state) {
        String number = state.wanted().getOrDefault(RestoreStep.NUMBER, "0");
        return number.matches("[0-9]{1,18}") ? Long.parseLong(number) : 0;
    }

    private static boolean archives(InstanceState state) {
        return "on".equals(state.actual().get(RestoreStep.ARCHIVE_MODE));
    }

    BesideSeen preparePromotion(RecoveryScope scope, String instance) {
        lease.accept(scope);
        InstanceState state = require(scope, instance);
        if (!state.wanted().containsKey(RestoreStep.NUMBER) || RestoreStep.isPutBack(state.wanted())) {
            return status(scope, state); // it has taken over already, or is what it was
        }
        with(scope, access -> {
            Map<String, String> environment = new TreeMap<>(state.wanted());
            environment.keySet().removeIf(name -> OF_STEPS.stream().noneMatch(name::startsWith));
            environment.put(RestoreStep.ARCHIVE_MODE, "on");
            return access.instances()
                    .ensureBeside(
                            scope.target().namespace(),
                            scope.target().postgresService(),
                            state.name(),
                            environment,
                            OF_STEPS,
                            fence(scope));
        });
        return status(scope, instance);
    }

    Promoted promote(RecoveryScope scope, String instance) {
        lease.accept(scope);
        BesideSeen seen = status(scope, instance);
        if (seen.state() != BesideState.PAUSED && seen.state() != BesideState.PROMOTED) {
            throw new DatabaseUnavailableException(
                    "Instance " + seen.instance() + " is not at its point: " + seen.reason(), "It is tried again.");
        }
        if (!seen.archives()) {
            throw new MisconfiguredException(
                    "Instance " + seen.instance() + " would not archive what it writes: its archive_mode is off.",
                    "Prepare its promotion first.");
        }
        with(scope, access -> {
            access.instances()
                    .notePromotion(scope.target().namespace(), seen.instance(), scope.incident(), fence(scope));
            return null;
        });
        PostgresLogin login = login(scope, require(scope, seen.instance()).endpoint());
        try (Connection connection = login.connect(
                        "postgres",
                        ConnectionLimits.work("lifeboat " + scope.target().name() + " " + scope.token()));
                Statement statement = connection.createStatement()) {
            if (seen.state() == BesideState.PAUSED) {
                // A replay that stands still ends where it stands, and one that waits for more ends with what there is.
                require(statement, "SELECT pg_promote(true, 60)", seen.instance());
            }
            // What an older recovery would still swap in this server is refused from here on.
            FencingTable.raise(
                    database -> login.connect(database, ConnectionLimits.work(CLIENT)),
                    scope.target().name(),
                    scope.token());
            try (ResultSet row = statement.executeQuery(
                    "SELECT ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int, now()")) {
                row.next();
                LOG.infof("Instance %s is promoted to timeline %d", seen.instance(), row.getInt(1));
                return new Promoted(
                        seen.instance(),
                        row.getInt(1),
                        row.getObject(2, OffsetDateTime.class).toInstant());
            }
        } catch (SQLException e) {
            throw unavailable("promote instance " + seen.instance(), e);
        }
    }

    private static void require(Statement statement, String sql, String instance) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            if (!row.getBoolean(1)) {
                throw new DatabaseUnavailableException(
                        "Instance " + instance + " did not end its recovery within 60 s.", "It is tried again.");
            }
        }
    }

    /** The take-over that put the live instance in place; empty when none did. */
    Optional<LastTakeOver> lastTakeOver(RecoveryScope scope) {
        Target target = scope.target();
        return with(scope, access -> access.instances().lastTakeOver(target.namespace(), target.postgresService()));
    }

    /** Whether an instance that is to come to a point has not begun to take writes. */
    boolean isOnItsWay(RecoveryScope scope, String instance) {
        BesideState state = status(scope, instance).state();
        return state == BesideState.RESTORING || state == BesideState.REPLAYING || state == BesideState.PAUSED;
    }

    /** @throws DatabaseUnavailableException when the instance does not take writes now */
    void requirePromoted(RecoveryScope scope, String instance) {
        BesideSeen seen = status(scope, require(scope, instance));
        if (seen.state() != BesideState.PROMOTED) {
            throw new DatabaseUnavailableException(
                    "Instance " + instance + ", which is in place, takes no writes now: " + seen.reason(),
                    "It is looked at again; nothing is put in its place.");
        }
    }

    /** @param instance that is in place already; null for the recovery's own */
    TookOver takeOver(RecoveryScope scope, String instance) {
        lease.accept(scope);
        BesideSeen seen = status(scope, require(scope, instance));
        if (seen.state() != BesideState.PROMOTED) {
            throw new MisconfiguredException(
                    "Instance " + seen.instance() + " takes no writes, so nobody is led to it: " + seen.reason(),
                    "Promote it first.");
        }
        Target target = scope.target();
        TakenOver taken = with(
                scope,
                access -> access.instances()
                        .takeOver(
                                target.namespace(),
                                target.postgresService(),
                                seen.instance(),
                                OF_STEPS,
                                scope.incident(),
                                fence(scope)));
        String kept = taken.from() == null && taken.incident() != null ? RestoreStep.keep(taken.incident()) : null;
        return new TookOver(
                taken.to(), taken.from(), claim(taken.to()), taken.incident(), endSessions(scope, taken.from()), kept);
    }

    /** With the instance that was live before, as far as it answers: whoever connects again is led to the new one. */
    private Integer endSessions(RecoveryScope scope, String before) {
        if (before == null) {
            return null;
        }
        Optional<PostgresEndpoint> endpoint = with(
                scope,
                access -> access.instances()
                        .state(scope.target().namespace(), before)
                        .map(InstanceState::endpoint));
        if (endpoint.isEmpty()) {
            return null;
        }
        try {
            return FormerSessions.end(login(scope, endpoint.get()), CLIENT);
        } catch (SQLException e) {
            LOG.infof("Instance %s does not answer any more: %s", before, SqlState.describe(e));
            return null;
        }
    }

    OldQuarantined quarantine(RecoveryScope scope, String instance) {
        lease.accept(scope);
        List<String> out = with(
                scope,
                access -> access.instances()
                        .quarantine(
                                scope.target().namespace(),
                                scope.target().postgresService(),
                                instance,
                                scope.incident(),
                                fence(scope)));
        return new OldQuarantined(
                instance,
                instance == null ? null : claim(instance),
                out.stream().filter(name -> !name.equals(instance)).toList());
    }

    /** The claim of a StatefulSet's first pod, as k8s/postgres-statefulset.yaml names its template. */
    static String claim(String instance) {
        return "data-" + instance + "-0";
    }

    /** @param instance that was found in place; null for the recovery's own */
    ArchiveSeen confirmArchive(RecoveryScope scope, String instance) {
        InstanceState state = require(scope, instance);
        PostgresEndpoint endpoint = state.endpoint();
        if (endpoint == null) {
            // What was restored in place starts once more; that is waited for like the archive itself.
            return new ArchiveSeen(false, null, 0, "Instance " + state.name() + " has no address now.");
        }
        try (Connection connection = login(scope, endpoint).connect("postgres", ConnectionLimits.note(CLIENT));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                    SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8), last_archived_wal, last_failed_wal,
                      failed_count, pg_walfile_name(pg_current_wal_lsn()) =
                        (SELECT min(name) FROM pg_ls_waldir()
                         WHERE starts_with(name, left(pg_walfile_name(pg_current_wal_lsn()), 8)) AND length(name) = 24)
                    FROM pg_stat_archiver\
                    """)) {
            row.next();
            String timeline = row.getString(1);
            String last = row.getString(2);
            boolean archived = last != null && last.length() == 24 && last.startsWith(timeline);
            String failed = row.getLong(4) == 0 ? "" : " Segment " + row.getString(3) + " failed last.";
            boolean first = row.getBoolean(5);
            if (!archived && first) {
                statement.execute("SELECT pg_switch_wal()"); // instead of waiting until the first segment is full
            }
            int number = Integer.parseUnsignedInt(timeline, 16);
            return new ArchiveSeen(
                    archived,
                    last,
                    number,
                    (archived
                                    ? "Segment " + last + " of timeline " + number + " is archived."
                                    : "No segment of timeline " + number + " is archived yet.")
                            + failed);
        } catch (SQLException e) {
            return new ArchiveSeen(
                    false,
                    null,
                    0,
                    "The archive of instance " + state.name() + " cannot be looked at: " + SqlState.describe(e) + ".");
        }
    }

    BesideDiscarded discard(RecoveryScope scope, Place place) {
        lease.accept(scope);
        if (place == Place.IN_PLACE) {
            putBack(scope);
        }
        return new BesideDiscarded(with(
                scope,
                access -> access.instances()
                        .discard(
                                scope.target().namespace(),
                                scope.target().postgresService(),
                                null,
                                scope.incident(),
                                fence(scope))));
    }

    /** Whatever the pod has done so far: the step brings back what was kept, and nothing when nothing was. */
    private void putBack(RecoveryScope scope) {
        Target target = scope.target();
        boolean promoted = lastTakeOver(scope)
                .filter(last -> last.inPlace() && scope.incident().equals(last.incident()))
                .isPresent();
        if (promoted) {
            throw new MisconfiguredException(
                    "The instance of target " + target.name()
                            + " was told to take writes, and may have taken some: what was"
                            + " there before does not come back by itself.",
                    "Look into it; docs/runbooks/point-in-time.md says how to go back.");
        }
        with(
                scope,
                access -> access.instances()
                        .ensureBeside(
                                target.namespace(),
                                target.postgresService(),
                                access.instances().live(target.namespace(), target.postgresService()),
                                RestoreStep.putBack(scope.token(), scope.incident())
                                        .environment(),
                                OF_STEPS,
                                fence(scope)));
    }

    PointUndone undo(RecoveryScope scope) {
        Optional<String> putBack = with(
                scope,
                access -> access.instances()
                        .undoInPlace(
                                scope.target().namespace(),
                                scope.target().postgresService(),
                                RestoreStep.putBack(scope.token(), scope.incident())
                                        .environment(),
                                OF_STEPS,
                                scope.incident(),
                                fence(scope)));
        if (putBack.isPresent()) {
            return new PointUndone(putBack.get(), null);
        }
        TakenOver undone = with(
                scope,
                access -> access.instances()
                        .undo(
                                scope.target().namespace(),
                                scope.target().postgresService(),
                                scope.incident(),
                                fence(scope)));
        return new PointUndone(undone.to(), undone.from());
    }

    private InstanceState require(RecoveryScope scope) {
        return new BesidePlace(clusters, scope)
                .state()
                .orElseThrow(() -> new MisconfiguredException(
                        "There is no instance beside the live one of target "
                                + scope.target().name() + " under token " + scope.token() + ".",
                        "Create it first; when somebody deleted it, start the recovery again."));
    }

    /** @param instance by its name; null for the recovery's own */
    InstanceState require(RecoveryScope scope, String instance) {
        return instance == null
                ? require(scope)
                : with(scope, access -> access.instances().state(scope.target().namespace(), instance))
                        .orElseThrow(() -> new MisconfiguredException(
                                "Instance " + instance + " of target "
                                        + scope.target().name() + " is gone.",
                                "Somebody deleted it: start the recovery again."));
    }

    PostgresLogin login(RecoveryScope scope, PostgresEndpoint endpoint) {
        return new PostgresLogin(
                endpoint.host(), endpoint.port(), secrets.apply(scope.target().adminSecret()));
    }

    private <T> T with(RecoveryScope scope, Function<KubernetesAccess, T> call) {
        try (KubernetesAccess access =
                KubernetesAccess.open(clusters.apply(scope.target().cluster()))) {
            return call.apply(access);
        }
    }

    private static Fence fence(RecoveryScope scope) {
        return new Fence(scope.target().name(), scope.token());
    }

    private static DatabaseUnavailableException unavailable(String what, SQLException e) {
        return new DatabaseUnavailableException(
                "Cannot " + what + ": " + SqlState.describe(e) + ".", "It is tried again.", e);
    }
}
