package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.aws.pgbackrest.Lsn;
import dev.lifeboat.contract.error.InvalidInputException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Reads the list of commits that PostgreSQL's image makes of pg_waldump's output beside an instance that is searched: lines of transaction
 * number, position of the commit record and time, between tabs, in UTC.
 */
final class CommitList {
    /** {@code 2026-11-23 03:14:15.123456 UTC}, as timestamptz_to_str of pg_waldump's compat.c writes it where TZ is UTC. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .appendLiteral(" UTC")
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private CommitList() {}

    /**
     * @return by position
     * @throws InvalidInputException naming the line that is none
     */
    static List<Commit> parse(String text) {
        List<Commit> commits = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank()) {
                commits.add(parse(number, line.split("\t", -1)));
            }
        }
        commits.sort(Comparator.comparing(Commit::lsn));
        return commits;
    }

    private static Commit parse(int number, String[] fields) {
        try {
            if (fields.length == 3) {
                return new Commit(Lsn.parse(fields[1]), Long.parseLong(fields[0]), time(fields[2]));
            }
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw invalid(number, fields, e);
        }
        throw invalid(number, fields, null);
    }

    private static Instant time(String text) {
        return TIME.parse(text.strip(), Instant::from);
    }

    private static InvalidInputException invalid(int number, String[] fields, RuntimeException cause) {
        return new InvalidInputException(
                "Line " + number + " of the list of commits is '" + String.join("\t", fields)
                        + "', expected a transaction number, a position and a time between tabs.",
                "Look at images/postgres/postgres-entrypoint.sh of the image that runs.",
                cause);
    }
}
