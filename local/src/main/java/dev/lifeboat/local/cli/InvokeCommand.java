package dev.lifeboat.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lifeboat.contract.Json;
import dev.lifeboat.local.aws.CloudListener;
import dev.lifeboat.local.aws.EmbeddedCloud;
import dev.lifeboat.local.drill.Workspace;
import dev.lifeboat.local.lambda.InvocationResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lifeboat invoke FUNCTION EVENT.json}: runs one function's zip on an event, without Docker. */
@Command(
        name = "invoke",
        mixinStandardHelpOptions = true,
        description = {
            "Runs one function's built zip on an event, as Lambda does, against an empty embedded account.",
            "",
            "Prints the function's answer on standard output and its log on standard error. events/ holds an event for "
                    + "each function and action.",
            "Exit codes: 0 it answered, 1 it failed (the error is its answer), 2 the command line is wrong, 3 it could not "
                    + "be tried."
        })
final class InvokeCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "FUNCTION",
            description = "The function's name in template.yaml, such as BackupVerifier.")
    private String function;

    @Parameters(index = "1", paramLabel = "EVENT.json", description = "The event.")
    private Path event;

    @Option(names = "--secret", paramLabel = "ID=JSON", description = "A secret in the account; may be given again.")
    private Map<String, String> secrets = new LinkedHashMap<>();

    @Option(
            names = "--parameter",
            paramLabel = "NAME=VALUE",
            description = "A parameter of template.yaml; may be given again.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--variable", paramLabel = "NAME=VALUE", description = "A variable of the function's environment.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        String json = readEvent();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (Workspace workspace = Workspace.create()) {
            EmbeddedCloud.Builder builder = EmbeddedCloud.builder(workspace.template())
                    .workDirectory(workspace.directory().resolve("aws"))
                    .listener(new CloudListener() {
                        @Override
                        public void logged(String name, String line) {
                            err.println(line);
                            err.flush();
                        }
                    });
            parameters.forEach(builder::parameter);
            variables.forEach(builder::extraEnvironment);
            try (EmbeddedCloud cloud = builder.start()) {
                requireFunction(cloud);
                secrets.forEach(cloud::putSecret);
                InvocationResult result = cloud.invoke(function, json);
                out.println(result.payload());
                out.flush();
                return result.succeeded() ? 0 : Lifeboat.FAILED;
            }
        }
    }

    private void requireFunction(EmbeddedCloud cloud) {
        if (!cloud.template().functions().containsKey(function)) {
            throw new UnableException(
                    "There is no function '" + function + "' in template.yaml.",
                    "Use one of " + new TreeSet<>(cloud.template().functions().keySet()) + ".");
        }
    }

    private String readEvent() throws IOException {
        if (!Files.isRegularFile(event)) {
            throw new UnableException(
                    "There is no file '" + event + "'.", "events/ holds an event for each function and action.");
        }
        String json = Files.readString(event);
        try {
            Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new UnableException(
                    "'" + event + "' is not JSON: " + e.getOriginalMessage() + ".", "Correct the event.", e);
        }
        return json;
    }
}
