package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A container whose process is a child of this one, below {@code container-init.sh}. */
final class ProcessContainer implements RunningContainer {
    private static final long GRACE_SECONDS = 3;

    private final Process init;
    private final ProcessCommand command;
    private final Pod pod;
    private final Container container;

    ProcessContainer(Process init, ProcessCommand command, Pod pod, Container container) {
        this.init = init;
        this.command = command;
        this.pod = pod;
        this.container = container;
    }

    @Override
    public boolean alive() {
        return init.isAlive();
    }

    @Override
    public int exitCode() {
        return init.exitValue();
    }

    @Override
    public boolean answers(Probe probe) {
        if (probe.getExec() == null) {
            return NetworkProbe.answers(probe, pod.getStatus().getPodIP(), container);
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            command.words(probe.getExec().getCommand(), List.of()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            builder.environment().putAll(command.environment());
            Process process = builder.start();
            if (process.waitFor(NetworkProbe.timeoutSeconds(probe), TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void stop() {
        // Asks for a fast shutdown, as the PostgreSQL image's STOPSIGNAL does; others know SIGTERM.
        init.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
                .findFirst()
                .ifPresentOrElse(ProcessContainer::interrupt, init::destroy);
        try {
            if (!init.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private static void interrupt(ProcessHandle process) {
        if (!signal(List.of("kill", "-INT", Long.toString(process.pid())))) {
            process.destroy();
        }
    }

    private static boolean signal(List<String> command) {
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    @Override
    public void pause(boolean paused) {
        // Twice: what a process started just before it was held is seen in the second look.
        for (int look = 0; look < 2; look++) {
            List<String> command = new ArrayList<>(List.of("kill", paused ? "-STOP" : "-CONT"));
            init.descendants().map(process -> Long.toString(process.pid())).forEach(command::add);
            if (command.size() > 2) {
                signal(command);
            }
        }
    }

    @Override
    public void kill() {
        // PostgreSQL's backends lead process groups of their own: each one is killed by its number.
        List<ProcessHandle> processes = init.descendants().toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        try {
            if (!init.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                init.destroyForcibly();
                init.waitFor();
            }
        } catch (InterruptedException e) {
            init.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
