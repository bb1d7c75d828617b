package dev.lifeboat.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What a page tells a person to open or to type is there. */
class DocumentationTest {
    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));
    private static final Pattern FILE =
            Pattern.compile("(?<![\\w./$-])(?:scripts|docs|k8s|events|statemachines|functions|libs|local|images"
                    + "|bench|\\.ci)/[\\w./-]*\\w|(?<![\\w./-])[\\w.-]+\\.md\\b");
    private static final Pattern LIFEBOAT = Pattern.compile("\\./lifeboat ([a-z]+)([^\\n`|]*)");
    private static final Pattern SCRIPT = Pattern.compile("(backup|restore)-postgres\\.sh ([^\\n`|]*)");
    private static final Pattern OPTION = Pattern.compile("(?<=\\s)--[a-z][a-z-]*");
    private static final Pattern MAKE = Pattern.compile("`make ([a-z]+)`");
    private static final Pattern CRON_JOB = Pattern.compile("cronjob/([a-z-]+)");
    private static final Pattern STACK_RESOURCE = Pattern.compile("--logical-resource-id (\\w+)");

    static List<Path> pages() throws IOException {
        try (Stream<Path> runbooks = Files.list(ROOT.resolve("docs/runbooks"))) {
            return Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md", "INVARIANTS.md", "docs/architecture.md")
                                    .map(ROOT::resolve),
                            runbooks)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyFileThatIsNamedExists(Path page) throws IOException {
        assertThat(found(FILE, page))
                .isNotEmpty()
                .allMatch(name -> Files.exists(ROOT.resolve(name)) || Files.exists(page.resolveSibling(name)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandAndOptionOfLifeboatExists(Path page) throws IOException {
        var commands = Lifeboat.commandLine().getSubcommands();
        for (MatchResult call : matches(LIFEBOAT, Files.readString(page))) {
            CommandLine command = commands.get(call.group(1));
            assertThat(command).as(call.group()).isNotNull();
            assertThat(command.getCommandSpec().optionsMap().keySet())
                    .as(call.group())
                    .containsAll(matches(OPTION, call.group(2)).stream()
                            .map(MatchResult::group)
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyOptionOfTheScriptsExists(Path page) throws IOException {
        for (MatchResult call : matches(SCRIPT, Files.readString(page))) {
            String usage = Files.readString(ROOT.resolve("scripts/aws/" + call.group(1) + "-postgres.sh"));
            for (MatchResult option : matches(OPTION, " " + call.group(2))) {
                assertThat(usage).as(call.group()).contains(option.group());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatIsAskedOfMakeKubernetesAndCloudFormationExists(Path page) throws IOException {
        String makefile = Files.readString(ROOT.resolve("Makefile"));
        assertThat(firstGroups(MAKE, page)).allMatch(target -> makefile.contains("\n" + target + ": "));
        String jobs = Files.readString(ROOT.resolve("k8s/postgres-backup-cronjob.yaml"));
        assertThat(firstGroups(CRON_JOB, page))
                .allMatch(name -> jobs.contains("kind: CronJob\nmetadata:\n  name: " + name));
        String template = Files.readString(ROOT.resolve("template.yaml"));
        assertThat(firstGroups(STACK_RESOURCE, page)).allMatch(name -> template.contains("\n  " + name + ":\n"));
    }

    private static Set<String> found(Pattern pattern, Path page) throws IOException {
        return matches(pattern, Files.readString(page)).stream()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> firstGroups(Pattern pattern, Path page) throws IOException {
        return matches(pattern, Files.readString(page)).stream()
                .map(match -> match.group(1))
                .toList();
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }
}
