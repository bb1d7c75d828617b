package dev.lifeboat.alarm;

import dev.lifeboat.alarm.AlarmResult.Outcome;
import dev.lifeboat.alarm.Recoveries.Ended;
import dev.lifeboat.alarm.Recoveries.Running;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.Shell;
import dev.lifeboat.contract.recovery.Mode;
import dev.lifeboat.contract.recovery.RecoveryInput;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.contract.recovery.Trigger;
import dev.lifeboat.lambda.Notifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Decides what an alarm calls for, and does it. The alarm alone destroys nothing: the machine that is started looks at the
 * target itself before it acts. docs/alarms.md holds the order of the questions that are asked here.
 */
final class AlarmDecision {
    private static final Logger LOG = Logger.getLogger(AlarmDecision.class);

    /** All that is known about a recovery before it starts. */
    private record Plan(
            AlarmEvent event, Scenario scenario, String machine, String prefix, String incident, String input) {
        String command() {
            return "aws stepfunctions start-execution --state-machine-arn " + machine + " --name " + incident
                    + " --input " + Shell.quoted(input);
        }

        boolean supersedes(Running other) {
            return other.scenario().filter(scenario::supersedes).isPresent();
        }
    }

    private final AlarmSettings settings;
    private final ModeSwitch mode;
    private final CoolDown coolDown;
    private final AlarmHistory history;
    private final Recoveries recoveries;
    private final Errands errands;
    private final Notifier notifier;
    private final Clock clock;

    AlarmDecision(
            AlarmSettings settings,
            ModeSwitch mode,
            CoolDown coolDown,
            AlarmHistory history,
            Recoveries recoveries,
            Errands errands,
            Notifier notifier,
            Clock clock) {
        this.settings = settings;
        this.mode = mode;
        this.coolDown = coolDown;
        this.history = history;
        this.recoveries = recoveries;
        this.errands = errands;
        this.notifier = notifier;
        this.clock = clock;
    }

    AlarmResult decide(AlarmEvent event) {
        AlarmResult result = decideOn(event);
        LOG.infof("Alarm %s is %s: %s", event.alarm(), event.state(), result.message());
        return result;
    }

    private AlarmResult decideOn(AlarmEvent event) {
        Optional<Scenario> scenario = settings.scenario(event.alarm());
        if (event.suppressedBy() != null) {
            return without(
                    Outcome.SUPPRESSED,
                    event,
                    "Its actions are suppressed (" + event.suppressedBy() + "): nothing was started.");
        }
        boolean recovers = scenario.filter(Scenario::recovers).isPresent();
        if (recovers) {
            Optional<AlarmResult> begun = begun(scenario.get(), event);
            if (begun.isPresent()) {
                return begun.get();
            }
            history.keep(event);
        }
        if (!event.isAlarm()) {
            return without(Outcome.NO_FAILURE, event, "State " + event.state() + " starts nothing.");
        }
        if (scenario.isEmpty()) {
            return unknown(event);
        }
        return recovers ? recover(scenario.get(), event) : errand(scenario.get(), event);
    }

    /** For an alarm that has flapped or has joined, and rests in ALARM: the same recovery, however often it is asked for. */
    AlarmResult recoverFrom(AlarmEvent rested) {
        Scenario scenario = settings.scenario(rested.alarm()).orElseThrow();
        return settings.machine(scenario)
                .map(machine -> recoverFrom(scenario, machine, rested))
                .orElseGet(() -> noMachine(scenario, rested));
    }

    /** A start that came to nothing but joining another recovery has used its name up. */
    private AlarmResult recoverFrom(Scenario scenario, String machine, AlarmEvent rested) {
        for (int start = 1; ; start++) {
            Plan plan = plan(scenario, machine, rested, start);
            switch (recoveries.state(machine, plan.incident())) {
                case RUNS -> {
                    return runs(plan);
                }
                case OVER -> {
                    return alreadyHandled(plan);
                }
                case NONE -> {
                    return act(plan, true);
                }
                case GAVE_WAY -> {} // the next one's turn
            }
        }
    }

    /**
     * For a recovery that found its target's lease taken, since two alarms came at one instant: what it would have recovered may still be lost
     * when the other one has ended.
     *
     * @param event what had started it; null when that was no alarm
     * @param start which start of its incident it was, 1 or more
     */
    AlarmResult lookAgain(AlarmEvent event, int start) {
        if (event == null) {
            return new AlarmResult(
                    Outcome.NO_FAILURE, null, null, null, "No alarm had started it: whoever did sees how it ended.");
        }
        errands.follow(event, start);
        return without(
                Outcome.JOINED,
                event,
                "Its recovery has joined another one of the same target. The alarm is looked at again when it rests.");
    }

    /**
     * What became of the alarm's own incident. Most events of a storm are of one that has begun: one question tells, and it is asked
     * before all others. Whoever began it has kept the change.
     */
    private Optional<AlarmResult> begun(Scenario scenario, AlarmEvent event) {
        return settings.machine(scenario).filter(machine -> event.isAlarm()).flatMap(machine -> {
            Plan plan = plan(scenario, machine, event, 1);
            return switch (recoveries.state(machine, plan.incident())) {
                case RUNS -> Optional.of(runs(plan));
                case GAVE_WAY -> Optional.of(lookAgain(event, 1));
                case OVER -> Optional.of(alreadyHandled(plan));
                case NONE -> Optional.empty();
            };
        });
    }

    private AlarmResult recover(Scenario scenario, AlarmEvent event) {
        return settings.machine(scenario)
                .map(machine -> act(plan(scenario, machine, event, 1), false))
                .orElseGet(() -> noMachine(scenario, event));
    }

    private Plan plan(Scenario scenario, String machine, AlarmEvent event, int start) {
        Target target = settings.target();
        String incident = Incident.name(scenario, target.name(), event.at(), start);
        Trigger trigger =
                new Trigger(Trigger.Kind.ALARM, event.alarm(), event.at(), event.failedAfter(), event.reason());
        return new Plan(
                event,
                scenario,
                machine,
                Incident.prefix(scenario, target.name()),
                incident,
                Json.compact(new RecoveryInput(incident, trigger, target)));
    }

    private AlarmResult act(Plan plan, boolean rested) {
        List<Running> running = recoveries.running(settings);
        if (running.stream().anyMatch(each -> each.name().equals(plan.incident()))) {
            return runs(plan);
        }
        List<Running> narrower = running.stream().filter(plan::supersedes).toList();
        return running.stream()
                .filter(each -> !narrower.contains(each))
                .findFirst()
                .map(each -> joined(plan, each))
                .or(() -> whyNot(plan, rested))
                .orElseGet(() -> actInMode(plan, narrower));
    }

    private static AlarmResult runs(Plan plan) {
        return result(
                Outcome.STARTED,
                plan,
                Recoveries.arn(plan.machine(), plan.incident()),
                "Recovery " + plan.incident() + " runs.");
    }

    /**
     * A recovery that is as broad or broader does what this one would; or it finds nothing to do, since it looks at something else. CloudWatch does not say again
     * that the alarm is in ALARM, so it is looked at until it rests and nobody recovers the target any more.
     */
    private AlarmResult joined(Plan plan, Running other) {
        errands.follow(plan.event(), 1);
        return result(
                Outcome.JOINED,
                plan,
                other.name(),
                "Recovery " + other.name() + " of the same target runs already: nothing was started."
                        + " The alarm is looked at again when it rests.");
    }

    private Optional<AlarmResult> whyNot(Plan plan, boolean rested) {
        Duration calm = coolDown.time();
        Instant calmSince = clock.instant().minus(calm);
        Instant at = plan.event().at();
        List<Ended> ended = recoveries.ended(plan.machine(), plan.prefix(), at.isBefore(calmSince) ? at : calmSince);
        for (Ended each : ended) {
            if (each.at().isAfter(at)) {
                return Optional.of(covered(plan, each));
            }
            if (each.alarm().equals(plan.event().alarm()) && each.at().isAfter(calmSince)) {
                return Optional.of(coolingDown(plan, each, calm));
            }
        }
        return !rested && history.isFlapping(plan.event()) ? Optional.of(settle(plan)) : Optional.empty();
    }

    /**
     * The machine reads the mode itself, right before it repairs: it looks at the target whatever the mode, and then asks a person or
     * only reports. Stopping a narrower recovery for it is an act of its own.
     */
    private AlarmResult actInMode(Plan plan, List<Running> narrower) {
        if (narrower.isEmpty()) {
            return start(plan, narrower);
        }
        if (mode.mode().isEmpty()) {
            return propose(plan, "Parameter " + mode.name() + " is none of automatic, approve and observe. ", narrower);
        }
        return switch (mode.mode().get()) {
            case AUTOMATIC -> start(plan, narrower);
            case APPROVE -> propose(plan, "", narrower);
            case OBSERVE -> observe(plan, narrower);
        };
    }

    /** A narrower one is stopped first: the broader one then takes its lease over. A retry of this function stops it no more. */
    private AlarmResult start(Plan plan, List<Running> narrower) {
        narrower.forEach(each -> recoveries.stop(each, superseded(plan.incident())));
        return recoveries
                .start(plan.machine(), plan.incident(), plan.input())
                .map(arn -> besideOthers(plan, arn))
                .orElseGet(() -> alreadyHandled(plan));
    }

    private static String superseded(String by) {
        return "Recovery " + by + " brings back more, and does what this one would have done.";
    }

    /**
     * The alarms of one disaster go off at one instant and are handled at one, and neither handler saw the other's recovery when it looked. So
     * both look again: the broader one stays, and waits a minute for the lease that the narrower one may have taken.
     */
    private AlarmResult besideOthers(Plan plan, String arn) {
        List<Running> others = recoveries.running(settings).stream()
                .filter(each -> !each.arn().equals(arn))
                .toList();
        List<Running> narrower = others.stream().filter(plan::supersedes).toList();
        if (!mode.mode().equals(Optional.of(Mode.AUTOMATIC))) {
            // To stop one is a person's then; he is asked when the alarm still rests in ALARM.
            if (!narrower.isEmpty()) {
                errands.follow(plan.event(), 1);
            }
            return runs(plan);
        }
        narrower.forEach(each -> recoveries.stop(each, superseded(plan.incident())));
        return others.stream()
                .filter(each -> each.scenario()
                        .filter(other -> other.supersedes(plan.scenario()))
                        .isPresent())
                .findFirst()
                .map(broader -> {
                    recoveries.stop(
                            new Running(arn, plan.incident(), Optional.of(plan.scenario()), Optional.empty()),
                            superseded(broader.name()));
                    return joined(plan, broader);
                })
                .orElseGet(() -> runs(plan));
    }

    private static AlarmResult alreadyHandled(Plan plan) {
        return result(
                Outcome.ALREADY_HANDLED,
                plan,
                plan.incident(),
                "Recovery " + plan.incident() + " was started before: nothing was started.");
    }

    /** The event is late: had it come when the alarm changed, it would have joined that recovery. */
    private static AlarmResult covered(Plan plan, Ended ended) {
        return result(
                Outcome.ALREADY_HANDLED,
                plan,
                ended.name(),
                "The alarm changed at " + plan.event().at() + ", before recovery " + ended.name() + " ended as "
                        + ended.status() + " at " + ended.at() + ": nothing was started.");
    }

    private AlarmResult coolingDown(Plan plan, Ended ended, Duration calm) {
        String why = "Recovery " + ended.name() + " for the same alarm ended as " + ended.status() + " at " + ended.at()
                + ", less than " + calm.toMinutes() + " minutes ago. ";
        notifier.tell(
                "Lifeboat: " + plan.event().alarm() + " again, soon after its recovery",
                happened(plan) + why
                        + "What it did has not lasted, so nothing was started. Find out what is wrong: read its report,"
                        + " recoveries/" + ended.name() + "/report.html in the backup bucket. To recover once more:\n\n"
                        + plan.command() + "\n\nParameter " + coolDown.name() + " holds the minutes.\n");
        return result(Outcome.COOLING_DOWN, plan, ended.name(), why + "People were told, nothing was started.");
    }

    private AlarmResult settle(Plan plan) {
        boolean first = errands.settle(plan.event());
        if (first) {
            notifier.tell(
                    "Lifeboat: " + plan.event().alarm() + " goes to and fro",
                    happened(plan) + "It changed " + AlarmHistory.FLAPPING + " times or more within "
                            + AlarmHistory.WINDOW.toMinutes() + " minutes. Nothing is started before it rests for "
                            + Settling.REST.toMinutes() + " minutes; you are told then. To recover without waiting:\n\n"
                            + plan.command() + "\n");
        }
        return result(
                Outcome.FLAPPING,
                plan,
                null,
                "It changed " + AlarmHistory.FLAPPING + " times or more within " + AlarmHistory.WINDOW.toMinutes()
                        + " minutes: nothing is started before it rests.");
    }

    private AlarmResult propose(Plan plan, String why, List<Running> narrower) {
        notifier.tell(
                "Lifeboat: " + plan.event().alarm() + ": approve a recovery?",
                happened(plan) + why + "The recovery waits for a person, because one that brings back less runs: "
                        + names(narrower) + ". To have the broader one instead:\n\n" + commands(plan, narrower)
                        + "\n\nIt looks at the target itself, and asks again before it changes anything.\n");
        return result(
                Outcome.WAITING_FOR_APPROVAL,
                plan,
                null,
                why + "People were told the commands that start recovery " + plan.incident() + ".");
    }

    private AlarmResult observe(Plan plan, List<Running> narrower) {
        notifier.tell(
                "Lifeboat: " + plan.event().alarm() + ": nothing is done, the mode is observe",
                happened(plan) + "Parameter " + mode.name() + " is 'observe', so recovery " + names(narrower)
                        + ", which brings back less, was not stopped and nothing was started. To recover all the same:"
                        + "\n\n" + commands(plan, narrower) + "\n");
        return result(Outcome.OBSERVED, plan, null, "The mode is observe: people were told, nothing was started.");
    }

    private static String names(List<Running> narrower) {
        return narrower.stream().map(Running::name).collect(Collectors.joining(", "));
    }

    private static String commands(Plan plan, List<Running> narrower) {
        return narrower.stream()
                        .map(each -> "aws stepfunctions stop-execution --execution-arn " + each.arn() + "\n")
                        .collect(Collectors.joining())
                + plan.command();
    }

    /** Errands destroy nothing, so nobody has to approve them; who only watches is told of the alarm. */
    private AlarmResult errand(Scenario scenario, AlarmEvent event) {
        if (mode.mode().filter(Mode.OBSERVE::equals).isPresent()) {
            notifier.tell(
                    "Lifeboat: " + event.alarm() + ": nothing is done, the mode is observe",
                    happened(event) + "It calls for '" + scenario.text() + "'. Parameter " + mode.name()
                            + " is 'observe', so nothing was done. docs/runbooks/ says how to do it by hand.\n");
            return without(Outcome.OBSERVED, event, "The mode is observe: people were told, nothing was started.");
        }
        return errands.run(scenario, event);
    }

    private AlarmResult noMachine(Scenario scenario, AlarmEvent event) {
        notifier.tell(
                "Lifeboat: " + event.alarm() + ": a person has to recover",
                happened(event) + "It calls for scenario '" + scenario.text()
                        + "', for which there is no state machine yet, so NOTHING was started. What to do: look at the target, and"
                        + " recover by hand; docs/runbooks/ has a page for what can be lost.\n"
                        + (scenario == Scenario.CORRUPTION ? corruption(event) : ""));
        return without(
                Outcome.NO_MACHINE,
                event,
                "Scenario '" + scenario.text() + "' has no state machine yet: people were told, nothing was started.");
    }

    private String corruption(AlarmEvent event) {
        return "\nWhich invariant is violated stands in the probe's log, in the field 'violated' of the lines with InvariantsHolding. "
                + errands.lastGood(event) + "\n";
    }

    private AlarmResult unknown(AlarmEvent event) {
        notifier.tell(
                "Lifeboat: alarm " + event.alarm() + " is not known",
                "Alarm " + event.alarm() + " went off at " + event.at() + ": " + event.reason()
                        + "\n\nNo recovery is known for it, so nothing was started. What to do: look at the alarm yourself;"
                        + " if Lifeboat is to act on it, add it to the parameter AlarmScenarios of template.yaml.\n");
        return without(
                Outcome.UNKNOWN_ALARM,
                event,
                "The alarms' parameter has no such alarm: people were told, nothing was started.");
    }

    private String happened(Plan plan) {
        return happened(plan.event());
    }

    private String happened(AlarmEvent event) {
        return "Alarm " + event.alarm() + " went off at " + event.at() + " for target "
                + settings.target().name() + ": " + event.reason() + "\n\n";
    }

    private static AlarmResult result(Outcome outcome, Plan plan, String execution, String message) {
        return new AlarmResult(outcome, plan.event().alarm(), plan.incident(), execution, message);
    }

    private static AlarmResult without(Outcome outcome, AlarmEvent event, String message) {
        return new AlarmResult(outcome, event.alarm(), null, null, message);
    }
}
