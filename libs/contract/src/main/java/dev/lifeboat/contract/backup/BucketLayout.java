package dev.lifeboat.contract.backup;

import dev.lifeboat.contract.error.InvalidInputException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where things lie in the backup bucket: the only place that builds or takes apart a key. */
public final class BucketLayout {
    /** The prefix of all dumps. */
    public static final String DUMPS = "dumps/";
    /** The prefix of pgBackRest's repository, its repo1-path: WAL and base backups. */
    public static final String REPOSITORY = "pgbackrest/";
    /** What a manifest's key ends with. */
    public static final String MANIFEST_SUFFIX = ".manifest.json";

    private static final Pattern MANIFEST =
            Pattern.compile("dumps/((?:daily|recent)/backup_[0-9]{8}_[0-9]{6})\\.manifest\\.json");
    // Colons in a key are legal but awkward in shells; this form sorts by time all the same.
    private static final DateTimeFormatter KEY_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private BucketLayout() {}

    /** Whether the key is a manifest's. */
    public static boolean isManifest(String key) {
        return MANIFEST.matcher(key).matches();
    }

    /**
     * @return {@code daily/backup_20261123_020000} for that backup's manifest key
     * @throws InvalidInputException when the key is not a manifest's
     */
    public static String backupId(String manifestKey) {
        Matcher matcher = MANIFEST.matcher(manifestKey);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    "Key '" + manifestKey + "' is not a backup manifest's, expected "
                            + "dumps/daily|recent/backup_YYYYMMDD_HHMMSS.manifest.json.",
                    "Name the manifest, not the dump.");
        }
        return matcher.group(1);
    }

    /** The prefix of the keys of all backups of a kind; a day, such as {@code 20261123}, and an underscore follow it. */
    public static String dumps(BackupKind kind) {
        return DUMPS + kind.folder() + "/backup_";
    }

    /** The manifest's key of a backup. */
    public static String manifestKey(String backupId) {
        return DUMPS + backupId + MANIFEST_SUFFIX;
    }

    /** The prefix of all verdicts on a backup; the last key below it, in byte order, is the newest verdict. */
    public static String verdicts(String backupId) {
        return "verdicts/" + backupId + "/";
    }

    /** The key of a verdict. */
    public static String verdict(String backupId, Instant verifiedAt) {
        return verdicts(backupId) + KEY_TIME.format(verifiedAt) + ".json";
    }

    /** The key of a file that belongs to an incident: {@code plan.json}, {@code report.json}, {@code report.html}. */
    public static String recovery(String incident, String file) {
        return "recoveries/" + incident + "/" + file;
    }

    /** The key of a part of the rows of a table that a recovery has lost; parts are counted from 1. */
    public static String lostRows(String incident, String schema, String table, int part) {
        return recovery(
                incident,
                "lost/" + encoded(schema) + "." + encoded(table) + "/part-" + String.format(Locale.ROOT, "%05d", part)
                        + ".csv");
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    /** The key of a target's lease. */
    public static String lease(String target) {
        return "leases/" + target + ".json";
    }

    /** The key of what is known of a revision of a Deployment that was healthy. */
    public static String healthyRevision(String target, String deployment, String fingerprint) {
        return healthyRevisions(target) + deployment + "/" + fingerprint + ".json";
    }

    /** The key of since when the revisions that are in use now have been well. */
    public static String healthWatch(String target) {
        return healthyRevisions(target) + "watch.json";
    }

    /** The prefix of all that is known of a target's healthy revisions. */
    public static String healthyRevisions(String target) {
        return "healthy-revisions/" + target + "/";
    }

    /** The key of what the probe asked of a target's data, and when all of it held last. */
    public static String invariants(String target) {
        return "invariants/" + target + ".json";
    }

    /** The key of how far the rebuild of a target's cluster is. */
    public static String generations(String target) {
        return "generations/" + target + ".json";
    }

    /** The key of how fast a target's data have come back. */
    public static String rates(String target) {
        return "rates/" + target + ".json";
    }

    /** The key of which instance of PostgreSQL a target's recoveries have made the live one. */
    public static String liveInstance(String target) {
        return "instances/" + target + ".json";
    }

    /** The prefix of what is known of an alarm's changes of state; the keys below it sort by time. */
    public static String alarmChanges(String target, String alarm) {
        return "alarms/" + target + "/" + encoded(alarm) + "/";
    }

    /** What the key of a change at that time or later begins with, or comes after; the new state follows it. */
    public static String alarmChangesFrom(String target, String alarm, Instant at) {
        return alarmChanges(target, alarm) + KEY_TIME.format(at);
    }

    /** The key of an alarm's change of state. */
    public static String alarmChange(String target, String alarm, Instant at, String state) {
        return alarmChangesFrom(target, alarm, at) + "-" + state + ".json";
    }

    /** The key of an integrity check's file. */
    public static String integrity(String run, String file) {
        return "integrity/" + run + "/" + file;
    }

    /** The key of what one verification of a large backup keeps between its steps. */
    public static String verification(String backupId, String run, String file) {
        return "verifications/" + backupId + "/" + run + "/" + file;
    }
}
