package dev.lifeboat.local.template;

import java.util.List;

/**
 * An event rule of the default bus.
 *
 * @param name its name
 * @param enabled whether it matches at all
 * @param pattern the event pattern, JSON
 * @param targets where matching events go
 */
public record RuleResource(String name, boolean enabled, String pattern, List<EventTarget> targets) {}
