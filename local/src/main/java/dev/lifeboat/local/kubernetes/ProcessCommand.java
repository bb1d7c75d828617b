package dev.lifeboat.local.kubernetes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * How a container's commands become commands of this machine.
 *
 * @param prefix drops privileges, may be empty
 * @param environment of the container
 * @param program finds a program of the image on this machine
 * @param mounts the directories that stand for mount paths
 */
record ProcessCommand(
        List<String> prefix, Map<String, String> environment, UnaryOperator<String> program, Map<String, Path> mounts) {

    List<String> words(List<String> command, List<String> args) {
        List<String> given = Stream.concat(command.stream(), args.stream())
                .map(word -> ContainerEnvironment.expand(word, environment))
                .map(word -> ContainerEnvironment.localised(word, mounts))
                .toList();
        List<String> words = new ArrayList<>(prefix);
        words.add(program.apply(given.get(0)));
        words.addAll(given.subList(1, given.size()));
        return words;
    }
}
