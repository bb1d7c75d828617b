package dev.lifeboat.local.drill;

import dev.lifeboat.local.aws.EmbeddedCloud;
import dev.lifeboat.local.aws.Notification;
import dev.lifeboat.local.process.ChildProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers as a person does who is asked: pastes the command of the notification into a shell. */
final class Approver {
    private static final Pattern COMMAND =
            Pattern.compile("^aws stepfunctions send-task-success .*$", Pattern.MULTILINE);
    private static final long PATIENCE_SECONDS = 60;

    private final EmbeddedCloud cloud;

    Approver(EmbeddedCloud cloud) {
        this.cloud = cloud;
    }

    /**
     * Waits until somebody is asked, and approves.
     *
     * @return the request
     * @throws DrillFailure when nobody is asked in time, or the command fails
     */
    Notification approve(Instant from, Duration limit) {
        Notification request = Waiting.value(
                "a request for an approval",
                limit,
                () -> cloud.notifications().stream()
                        .filter(notification -> notification.at().isAfter(from)
                                && COMMAND.matcher(notification.message()).find())
                        .findFirst());
        Matcher command = COMMAND.matcher(request.message());
        if (!command.find()) {
            throw new IllegalStateException("The notification has changed");
        }
        run(command.group().replace("YOUR NAME", "the drill"));
        return request;
    }

    private void run(String command) {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command);
        builder.environment().putAll(cloud.clientEnvironment());
        List<String> output = new CopyOnWriteArrayList<>();
        try (ChildProcess shell = ChildProcess.start(builder, output::add)) {
            int exit = shell.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (exit != 0) {
                throw new DrillFailure("The command of the notification ended with " + exit + ": " + output + ".");
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new DrillFailure("The command of the notification did not end: " + output + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrillFailure("The drill was interrupted.");
        }
    }
}
