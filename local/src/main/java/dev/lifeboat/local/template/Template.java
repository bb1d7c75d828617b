package dev.lifeboat.local.template;

/** What a SAM template declares, with every reference resolved. */
public final class Template {
    Template() {}
}
