package dev.lifeboat.aws.pgbackrest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code pgbackrest verify --output=text --verbose} said (command/verify/verify.c). Its exit status is 0 whatever it finds: only the
 * text tells. Nothing that is not understood is taken for good.
 *
 * @param problems one for each line that is no pass; empty when all of it was well
 */
public record PgBackRestVerifyOutput(List<RepositoryProblem> problems) {
    private static final String SUBJECT = "pgbackrest verify";
    private static final Pattern STATUS = Pattern.compile("(?m)^status: (\\w+)");
    private static final Pattern ARCHIVE =
            Pattern.compile("archiveId: (\\S+), total WAL checked: (\\d+), total valid WAL: (\\d+)");
    private static final Pattern BACKUP = Pattern.compile(
            "backup: (\\S+), status: ([a-z -]+), total files checked: (\\d+), total valid files: (\\d+)");
    private static final Pattern COUNTS = Pattern.compile("(missing|checksum invalid|size invalid|other): ([1-9]\\d*)");

    public PgBackRestVerifyOutput {
        problems = List.copyOf(problems);
    }

    /** @param text standard output, with whatever its caller has put around it */
    public static PgBackRestVerifyOutput parse(String text) {
        List<RepositoryProblem> problems = new ArrayList<>();
        String counted = SUBJECT;
        for (String line : text.split("\n", -1)) {
            Matcher archive = ARCHIVE.matcher(line);
            Matcher backup = BACKUP.matcher(line);
            if (archive.find()) {
                counted = SUBJECT + ": archive " + archive.group(1);
                if (!archive.group(2).equals(archive.group(3))) {
                    problems.add(RepositoryProblem.corrupt(
                            counted, archive.group(3) + " of " + archive.group(2) + " segments are valid."));
                }
            } else if (backup.find()) {
                counted = SUBJECT + ": backup " + backup.group(1);
                String status = backup.group(2);
                if (!status.equals("valid") && !status.equals("in-progress")) {
                    problems.add(RepositoryProblem.corrupt(counted, "Its status is '" + status + "'."));
                }
            } else {
                counts(counted, line).ifPresent(problems::add);
            }
        }
        Matcher status = STATUS.matcher(text);
        if (!status.find()) {
            problems.add(RepositoryProblem.unverifiable(SUBJECT, "It came to no result: " + firstLines(text)));
        } else if (!status.group(1).equals("ok") && problems.isEmpty()) {
            problems.add(
                    RepositoryProblem.corrupt(SUBJECT, "Its status is '" + status.group(1) + "': " + firstLines(text)));
        }
        return new PgBackRestVerifyOutput(problems);
    }

    private static Optional<RepositoryProblem> counts(String subject, String line) {
        List<String> found = new ArrayList<>();
        Matcher counts = COUNTS.matcher(line);
        while (counts.find()) {
            found.add(counts.group());
        }
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(RepositoryProblem.corrupt(
                        subject, "Files that are not valid: " + String.join(", ", found) + "."));
    }

    private static String firstLines(String text) {
        String one = text.strip().replaceAll("\\s+", " ");
        return one.isEmpty() ? "it printed nothing." : one.substring(0, Math.min(300, one.length()));
    }
}
