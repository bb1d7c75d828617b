package dev.lifeboat.verifier;

import dev.lifeboat.aws.Journal;
import dev.lifeboat.aws.pgbackrest.RepositoryProblem;
import dev.lifeboat.aws.pgbackrest.RepositoryProblem.Kind;
import dev.lifeboat.contract.backup.VerdictStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sums up what the steps of a check have found in the repository. */
final class RepositorySummary {
    private final Journal journal;

    RepositorySummary(Journal journal) {
        this.journal = journal;
    }

    /** Empty when there is to be no repository. */
    Optional<RepositoryReport> of(String run) {
        RepositoryFindings.Plan plan = journal.find(RepositoryFindings.planKey(run), RepositoryFindings.Plan.class)
                .orElseGet(() ->
                        RepositoryFindings.Plan.unverifiable("repository", "The check did not come to look at it."));
        return plan.wanted() ? Optional.of(sum(run, plan)) : Optional.empty();
    }

    private RepositoryReport sum(String run, RepositoryFindings.Plan plan) {
        List<RepositoryProblem> problems = new ArrayList<>(plan.problems());
        long bytes = 0;
        for (String part : plan.parts()) {
            Optional<RepositoryFindings.Part> found =
                    journal.find(RepositoryFindings.partKey(run, part), RepositoryFindings.Part.class);
            bytes += found.map(RepositoryFindings.Part::bytes).orElse(0L);
            problems.addAll(found.map(RepositoryFindings.Part::problems)
                    .orElseGet(() -> List.of(new RepositoryProblem(
                            Kind.UNVERIFIABLE, part, "The check came to no result on this part."))));
        }
        return new RepositoryReport(
                status(problems),
                plan.segments(),
                plan.baseBackups(),
                bytes,
                plan.oldest(),
                plan.newest(),
                problems,
                plan.warnings());
    }

    private static VerdictStatus status(List<RepositoryProblem> problems) {
        if (problems.isEmpty()) {
            return VerdictStatus.VERIFIED;
        }
        return problems.stream().anyMatch(problem -> problem.kind() == Kind.CORRUPT)
                ? VerdictStatus.CORRUPT
                : VerdictStatus.UNVERIFIABLE;
    }
}
