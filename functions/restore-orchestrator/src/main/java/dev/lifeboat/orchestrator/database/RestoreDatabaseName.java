package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a database is called while it is being restored: {@code app_restore_7_20261123_020000d} for token 7 and backup
 * {@code daily/backup_20261123_020000}. The same token and backup always give the same name, so that a retry finds what
 * an earlier try has made; another backup gives another, so that a straggler cannot mix two.
 */
final class RestoreDatabaseName {
    /** What 63 bytes, where PostgreSQL cuts names (NAMEDATALEN - 1), leave beside a token of 11 digits and a time. */
    private static final int MAX_DATABASE_BYTES = 26;

    private static final int HASH_DIGITS = 6;

    private static final Pattern BACKUP = Pattern.compile("([a-z])[a-z]*/backup_([0-9]{8}_[0-9]{6})");

    private RestoreDatabaseName() {}

    static String of(String database, long token, String backupId) {
        Matcher backup = BACKUP.matcher(backupId);
        if (!backup.matches()) {
            throw new InvalidInputException(
                    "Backup id '" + backupId + "' is not daily|recent/backup_YYYYMMDD_HHMMSS.",
                    "Name a backup as the catalogue does.");
        }
        return stem(database) + "_restore_" + token + "_" + backup.group(2) + backup.group(1);
    }

    /** Matches every name that any token and backup can give for a database. */
    static Pattern pattern(String database) {
        return Pattern.compile(Pattern.quote(stem(database)) + "_restore_[0-9]{1,11}_[0-9]{8}_[0-9]{6}[a-z]");
    }

    /** A long name is cut, and told apart from others of the same beginning by a hash. */
    private static String stem(String database) {
        if (database.getBytes(StandardCharsets.UTF_8).length <= MAX_DATABASE_BYTES) {
            return database;
        }
        String hash = Sha256.hex(database.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
        return cut(database, MAX_DATABASE_BYTES - HASH_DIGITS - 1) + "_" + hash;
    }

    private static String cut(String name, int bytes) {
        StringBuilder kept = new StringBuilder();
        int used = 0;
        for (int codePoint : name.codePoints().toArray()) {
            String character = Character.toString(codePoint);
            used += character.getBytes(StandardCharsets.UTF_8).length;
            if (used > bytes) {
                break;
            }
            kept.append(character);
        }
        return kept.toString();
    }
}
