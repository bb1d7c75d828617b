package dev.lifeboat.local.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists and maps in the form of a query protocol: {@code Name.1}, {@code Name.1.Key}.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">AWS query protocol</a>
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html">Amazon EC2 query protocol</a>
 */
final class QueryForm {
    private QueryForm() {}

    static List<String> list(Map<String, String> form, String prefix) {
        List<String> values = new ArrayList<>();
        for (int i = 1; form.containsKey(prefix + "." + i); i++) {
            values.add(form.get(prefix + "." + i));
        }
        return values;
    }

    /** The members of a list of structures, each with its fields' names. */
    static List<Map<String, String>> structures(Map<String, String> form, String prefix) {
        List<Map<String, String>> members = new ArrayList<>();
        for (int i = 1; ; i++) {
            String start = prefix + "." + i + ".";
            Map<String, String> member = new LinkedHashMap<>();
            form.forEach((field, value) -> {
                if (field.startsWith(start)) {
                    member.put(field.substring(start.length()), value);
                }
            });
            if (member.isEmpty()) {
                return members;
            }
            members.add(member);
        }
    }

    static Map<String, String> pairs(Map<String, String> form, String prefix, String key, String value) {
        Map<String, String> pairs = new LinkedHashMap<>();
        structures(form, prefix).forEach(each -> pairs.put(each.get(key), each.getOrDefault(value, "")));
        return pairs;
    }
}
