package dev.lifeboat.alarm;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an alarm may call for. */
enum Scenario {
    /** The cluster is lost, and all that runs in it. */
    CLUSTER("cluster", 3),
    /** The database is lost. */
    DATABASE("database", 2),
    /** The database answers, and what it answers is wrong. */
    CORRUPTION("corruption", 2),
    /** The application is lost; its data is not. */
    APPLICATION("application", 1),
    /** A backup is missing: make one now, and see that it is verified. */
    RERUN_BACKUP("rerun-backup", 0),
    /** A backup's size says that something is wrong: look at the one before it. */
    VERIFY_PREVIOUS_BACKUP("verify-previous-backup", 0),
    /** The bucket grows: say where. */
    REPORT_STORAGE("report-storage", 0),
    /** A replica falls behind: say so. */
    REPORT_REPLICATION_LAG("report-replication-lag", 0),
    /** WAL does not come into its archive, or base backups do not: say so before the volume is full. */
    REPORT_WAL_ARCHIVE("report-wal-archive", 0);

    private final String text;
    private final int breadth;

    Scenario(String text, int breadth) {
        this.text = text;
        this.breadth = breadth;
    }

    /** As the alarms' mapping and the names of incidents have it. */
    String text() {
        return text;
    }

    /** Whether it recovers something, and so needs the target for itself. */
    boolean recovers() {
        return breadth > 0;
    }

    /** Whether a recovery of this kind brings back all that one of the other kind does, and more. */
    boolean supersedes(Scenario other) {
        return breadth > other.breadth;
    }

    static Optional<Scenario> of(String text) {
        return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(Scenario::text).collect(Collectors.joining(", "));
    }
}
