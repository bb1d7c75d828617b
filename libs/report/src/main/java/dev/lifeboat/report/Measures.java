package dev.lifeboat.report;

import dev.lifeboat.contract.Require;
import java.time.Instant;
import java.util.List;

/**
 * How long it took and how much was lost, from the data's own times.
 *
 * @param startedAt when the execution began
 * @param failedAfter the earliest moment at which the failure can have happened: RTO counts from it
 * @param databaseReadyAt when the restored database was swapped in; null when it was not
 * @param recoveredAt when the last repairing step ended; null when nothing was recovered
 * @param rtoSeconds recoveredAt - failedAfter; null when nothing was recovered
 * @param rpoSeconds the trigger's time, which no failure is later than, - the restored backup's snapshot: at most so much was
 *     lost; null when none was swapped in
 * @param budgets every component that was asked of this recovery
 */
public record Measures(
        Instant startedAt,
        Instant failedAfter,
        Instant databaseReadyAt,
        Instant recoveredAt,
        Long rtoSeconds,
        Long rpoSeconds,
        List<Budget> budgets) {
    public Measures {
        Require.present("startedAt", startedAt);
        Require.present("failedAfter", failedAfter);
        budgets = Require.listOrEmpty(budgets);
    }

    /** Whether no budget is exceeded; one that was not measured is not exceeded. */
    public boolean withinBudget() {
        return budgets.stream().noneMatch(budget -> Boolean.FALSE.equals(budget.held()));
    }
}
