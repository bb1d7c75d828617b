package dev.lifeboat.local.aws;

import java.util.Collection;
import java.util.function.Function;

/** Just enough XML to answer in it. */
final class Xml {
    private Xml() {}

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** An element of a namespace; its content is XML already. */
    static String element(String name, String namespace, String content) {
        return "<" + name + " xmlns=\"" + namespace + "\">" + content + "</" + name + ">";
    }

    /** An element whose content is text; nothing when that is null or empty. */
    static String text(String name, Object content) {
        String text = content == null ? "" : content.toString();
        return text.isEmpty() ? "" : "<" + name + ">" + escape(text) + "</" + name + ">";
    }

    /** A list, with an element of that name for each of its members. */
    static <T> String list(String name, String member, Collection<T> members, Function<T, String> content) {
        StringBuilder list = new StringBuilder("<" + name + ">");
        members.forEach(each ->
                list.append("<" + member + ">").append(content.apply(each)).append("</" + member + ">"));
        return list.append("</" + name + ">").toString();
    }
}
