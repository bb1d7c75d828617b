package dev.lifeboat.local.explore;

import com.fasterxml.jackson.databind.JsonNode;

/** Writes a position so that two positions read the same when no state can tell them apart. */
final class Canonical {
    private Canonical() {}

    static String key(Position position) {
        if (position.frames().isEmpty()) {
            return "end " + position.output() + " "
                    + (position.failure() == null ? "" : position.failure().error());
        }
        StringBuilder key = new StringBuilder(1_000);
        for (Frame frame : position.frames()) {
            key.append(frame.execution().arn())
                    .append(' ')
                    .append(frame.machine().name())
                    .append(' ')
                    .append(frame.state());
            append(frame.machine(), frame.input(), key);
            frame.variables().forEach((name, value) -> {
                key.append(' ').append(name).append('=');
                if (frame.machine().decides(frame.block(), frame.state(), name)) {
                    append(frame.machine(), value, key);
                } else {
                    key.append(value.getNodeType());
                }
            });
            if (frame.mapContext() != null) {
                key.append(frame.mapContext());
            }
            if (frame.fork() != null) {
                key.append('#')
                        .append(frame.fork().next())
                        .append('#')
                        .append(frame.fork().failed());
                append(frame.machine(), frame.fork().items(), key);
                append(frame.machine(), frame.fork().outputs(), key);
            }
            key.append('\n');
        }
        return key.toString();
    }

    static String key(MachineFile machine, JsonNode payload) {
        StringBuilder key = new StringBuilder();
        append(machine, payload, key);
        return key.toString();
    }

    private static void append(MachineFile machine, JsonNode value, StringBuilder key) {
        if (value.isObject()) {
            key.append('{');
            value.properties().forEach(field -> {
                key.append(field.getKey()).append(':');
                if (field.getValue().isTextual() && machine.isText(field.getKey())) {
                    key.append("text");
                } else {
                    append(machine, field.getValue(), key);
                }
                key.append(',');
            });
            key.append('}');
        } else if (value.isArray()) {
            key.append('[');
            value.forEach(element -> {
                append(machine, element, key);
                key.append(',');
            });
            key.append(']');
        } else {
            key.append(value);
        }
    }
}
