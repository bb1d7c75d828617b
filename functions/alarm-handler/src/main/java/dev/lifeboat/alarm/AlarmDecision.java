package dev.lifeboat.alarm;

import dev.lifeboat.alarm.AlarmResult.Outcome;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.recovery.RecoveryInput;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.contract.recovery.Trigger;
import dev.lifeboat.lambda.Notifier;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Decides what an alarm calls for, and does it. The alarm alone destroys nothing: the machine that is started looks at the
 * target itself before it acts.
 */
final class AlarmDecision {
    private static final Logger LOG = Logger.getLogger(AlarmDecision.class);

    /** All that is known about a recovery before it starts. */
    private record Plan(AlarmEvent event, String machine, String prefix, String incident, String input) {
        String command() {
            // A person pastes it into a shell: quotes within are closed, escaped and opened again.
            return "aws stepfunctions start-execution --state-machine-arn " + machine + " --name " + incident
                    + " --input '" + input.replace("'", "'\\''") + "'";
        }
    }

    private final AlarmSettings settings;
    private final ModeParameter mode;
    private final Recoveries recoveries;
    private final Notifier notifier;

    AlarmDecision(AlarmSettings settings, ModeParameter mode, Recoveries recoveries, Notifier notifier) {
        this.settings = settings;
        this.mode = mode;
        this.recoveries = recoveries;
        this.notifier = notifier;
    }

    AlarmResult decide(AlarmEvent event) {
        AlarmResult result = decideOn(event);
        LOG.infof("Alarm %s is %s: %s", event.alarm(), event.state(), result.message());
        return result;
    }

    private AlarmResult decideOn(AlarmEvent event) {
        if (!event.isAlarm()) {
            return new AlarmResult(
                    Outcome.NO_FAILURE, event.alarm(), null, null, "State " + event.state() + " starts nothing.");
        }
        Optional<Plan> plan = settings.scenario(event.alarm()).map(scenario -> plan(scenario, event));
        if (plan.isEmpty()) {
            return unknown(event);
        }
        return act(plan.get());
    }

    private Plan plan(String scenario, AlarmEvent event) {
        Target target = settings.target();
        String incident = Incident.name(scenario, target.name(), event.at());
        Trigger trigger =
                new Trigger(Trigger.Kind.ALARM, event.alarm(), event.at(), event.failedAfter(), event.reason());
        return new Plan(
                event,
                settings.machines().get(scenario),
                Incident.prefix(scenario, target.name()),
                incident,
                Json.compact(new RecoveryInput(incident, trigger, target)));
    }

    private AlarmResult act(Plan plan) {
        Optional<String> running = recoveries.running(plan.machine(), plan.prefix());
        if (running.isPresent() && !running.get().equals(plan.incident())) {
            return result(
                    Outcome.JOINED,
                    plan,
                    running.get(),
                    "Recovery " + running.get() + " of the same target runs already: nothing was started.");
        }
        Optional<Mode> set = mode.read();
        if (set.isEmpty()) {
            return propose(plan, "Parameter " + mode.name() + " is none of automatic, approve and observe. ");
        }
        return switch (set.get()) {
            case AUTOMATIC -> start(plan);
            case APPROVE -> propose(plan, "");
            case OBSERVE -> observe(plan);
        };
    }

    private AlarmResult start(Plan plan) {
        return recoveries
                .start(plan.machine(), plan.incident(), plan.input())
                .map(arn -> result(Outcome.STARTED, plan, arn, "Recovery " + plan.incident() + " runs."))
                .orElseGet(() -> result(
                        Outcome.ALREADY_HANDLED,
                        plan,
                        plan.incident(),
                        "Recovery " + plan.incident() + " was started before and has ended: nothing was started."));
    }

    private AlarmResult propose(Plan plan, String why) {
        notifier.tell(
                "Lifeboat: " + plan.event().alarm() + ": approve a recovery?",
                happened(plan) + why + "The recovery waits for a person. To start it:\n\n" + plan.command()
                        + "\n\nIt looks at the target itself before it changes anything.\n");
        return result(
                Outcome.WAITING_FOR_APPROVAL,
                plan,
                null,
                why + "People were told the command that starts recovery " + plan.incident() + ".");
    }

    private AlarmResult observe(Plan plan) {
        notifier.tell(
                "Lifeboat: " + plan.event().alarm() + ": nothing is done, the mode is observe",
                happened(plan) + "Parameter " + mode.name()
                        + " is 'observe', so nothing was started. To recover all the same:" + "\n\n" + plan.command()
                        + "\n");
        return result(Outcome.OBSERVED, plan, null, "The mode is observe: people were told, nothing was started.");
    }

    private AlarmResult unknown(AlarmEvent event) {
        notifier.tell(
                "Lifeboat: alarm " + event.alarm() + " is not known",
                "Alarm " + event.alarm() + " went off at " + event.at() + ": " + event.reason()
                        + "\n\nNo recovery is known for it, so nothing was started. What to do: look at the alarm yourself;"
                        + " if Lifeboat is to act on it, add it to SCENARIOS of the AlarmHandler function in template.yaml.\n");
        return new AlarmResult(
                Outcome.UNKNOWN_ALARM,
                event.alarm(),
                null,
                null,
                "SCENARIOS has no such alarm: people were told, nothing was started.");
    }

    private String happened(Plan plan) {
        return "Alarm " + plan.event().alarm() + " went off at " + plan.event().at() + " for target "
                + settings.target().name() + ": " + plan.event().reason() + "\n\n";
    }

    private static AlarmResult result(Outcome outcome, Plan plan, String execution, String message) {
        return new AlarmResult(outcome, plan.event().alarm(), plan.incident(), execution, message);
    }
}
