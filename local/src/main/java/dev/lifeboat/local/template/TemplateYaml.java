package dev.lifeboat.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads YAML with CloudFormation's short tags: {@code !Sub x} becomes {@code {"Fn::Sub": "x"}}. */
final class TemplateYaml {
    /** Source: CloudFormation User Guide, intrinsic function reference. */
    private static final Set<String> FUNCTIONS = Set.of(
            "Sub", "GetAtt", "Join", "If", "Equals", "Not", "And", "Or", "Select", "Split", "FindInMap", "ImportValue");

    private TemplateYaml() {}

    static ObjectNode read(Path file) {
        try {
            return read(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** @param where for messages */
    static ObjectNode read(String text, String where) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        var dumper = new DumperOptions();
        var yaml = new Yaml(new Tags(options), new Representer(dumper), dumper, options, new NoDates());
        try {
            JsonNode tree = Json.mapper().valueToTree(yaml.load(text));
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new TemplateException(where + " is not a YAML mapping.");
        } catch (YAMLException e) {
            throw new TemplateException(where + ": " + e.getMessage());
        }
    }

    /** CloudFormation takes {@code Version: 2012-10-17} for text. */
    private static final class NoDates extends Resolver {
        @Override
        public void addImplicitResolver(Tag tag, java.util.regex.Pattern pattern, String first, int limit) {
            if (!tag.equals(Tag.TIMESTAMP)) {
                super.addImplicitResolver(tag, pattern, first, limit);
            }
        }
    }

    private static final class Tags extends SafeConstructor {
        Tags(LoaderOptions options) {
            super(options);
            yamlMultiConstructors.put("!", new Intrinsic());
        }

        private final class Intrinsic extends AbstractConstruct {
            @Override
            public Object construct(Node node) {
                String name = node.getTag().getValue().substring(1);
                Object value = value(node);
                if (name.equals("Ref") || name.equals("Condition")) {
                    return Map.of(name, value);
                }
                if (!FUNCTIONS.contains(name)) {
                    throw new TemplateException("Unknown tag !" + name
                            + node.getStartMark().toString().stripTrailing());
                }
                if (name.equals("GetAtt") && value instanceof String text) {
                    return Map.of("Fn::GetAtt", List.of((Object[]) text.split("\\.", 2)));
                }
                return Map.of("Fn::" + name, value);
            }

            private Object value(Node node) {
                if (node instanceof ScalarNode scalar) {
                    return scalar.getValue();
                }
                if (node instanceof SequenceNode sequence) {
                    return constructSequence(sequence);
                }
                return constructMapping((MappingNode) node);
            }
        }
    }
}
