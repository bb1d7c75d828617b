package dev.lifeboat.report;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.contract.recovery.Trigger;
import java.util.ArrayList;
import java.util.List;

/**
 * How a recovery or a drill went: what {@code report.json} holds and what {@code report.html} shows.
 *
 * @param version 1
 * @param incident names the incident
 * @param scenario what was recovered from, such as {@code database}
 * @param outcome how it ended
 * @param trigger what started it
 * @param target what was recovered
 * @param execution the execution's ARN
 * @param measures how long it took and how much was lost
 * @param evidence on which it acted; null when it did not come to that
 * @param restore what was restored, and from what
 * @param outside what users see
 * @param steps in the order in which they began
 * @param failure what went wrong; null when nothing did
 * @param remaining what is left for a person, in the order to do it
 * @param sections further tables, may be empty
 */
public record RecoveryReport(
        int version,
        String incident,
        String scenario,
        Outcome outcome,
        Trigger trigger,
        Target target,
        String execution,
        Measures measures,
        Evidence evidence,
        Restore restore,
        Outside outside,
        List<Step> steps,
        Failure failure,
        List<Remaining> remaining,
        List<Section> sections) {
    public RecoveryReport {
        Require.range("version", version, 1, 1);
        Require.text("incident", incident);
        Require.text("scenario", scenario);
        Require.present("outcome", outcome);
        Require.present("trigger", trigger);
        Require.present("target", target);
        Require.text("execution", execution);
        Require.present("measures", measures);
        Require.present("restore", restore);
        Require.present("outside", outside);
        steps = Require.listOrEmpty(steps);
        remaining = Require.listOrEmpty(remaining);
        sections = Require.listOrEmpty(sections);
    }

    /** The same report with one more table at its end, and without another of the same title. */
    public RecoveryReport with(Section section) {
        List<Section> more = new ArrayList<>(sections);
        more.removeIf(each -> each.title().equals(section.title()));
        more.add(section);
        return new RecoveryReport(
                version, incident, scenario, outcome, trigger, target, execution, measures, evidence, restore, outside,
                steps, failure, remaining, more);
    }
}
