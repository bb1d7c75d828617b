package dev.lifeboat.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts every child from one thread that lives as long as this process: the kernel's parent-death signal is sent when
 * the <em>thread</em> that forked ends (prctl(2), PR_SET_PDEATHSIG).
 */
final class Spawner {
    private static final List<String> SETPRIV = setpriv();
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "starts processes");
        thread.setDaemon(true);
        return thread;
    });

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "ends processes"));
    }

    private Spawner() {}

    static Process start(ProcessBuilder builder) {
        List<String> command = new ArrayList<>(SETPRIV);
        command.addAll(builder.command());
        builder.command(command);
        try {
            Process process = THREAD.submit(builder::start).get();
            RUNNING.add(process);
            var unused = process.onExit().thenAccept(RUNNING::remove);
            return process;
        } catch (ExecutionException e) {
            throw new UncheckedIOException(
                    "Cannot start " + String.join(" ", builder.command()), new IOException(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "Interrupted while starting " + builder.command().get(0), e);
        }
    }

    static void ended(Process process) {
        RUNNING.remove(process);
    }

    private static List<String> setpriv() {
        Path program = Path.of("/usr/bin/setpriv");
        return Files.isExecutable(program) ? List.of(program.toString(), "--pdeathsig", "KILL", "--") : List.of();
    }
}
