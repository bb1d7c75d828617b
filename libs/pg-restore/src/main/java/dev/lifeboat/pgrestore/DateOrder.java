package dev.lifeboat.pgrestore;

import java.util.List;
import java.util.Locale;

/** How a date of three numbers is read: the part of DateStyle that is about input. */
enum DateOrder {
    MDY,
    DMY,
    YMD;

    /**
     * @param styles values of DateStyle, the ones that count first; each may leave the order to the next one (check_datestyle of variable.c)
     */
    static DateOrder of(List<String> styles) {
        for (String style : styles) {
            DateOrder order = named(style);
            if (order != null) {
                return order;
            }
        }
        return MDY;
    }

    private static DateOrder named(String style) {
        DateOrder implied = null;
        for (String word : style.toLowerCase(Locale.ROOT).split("[\\s,\"]+", -1)) {
            if (word.startsWith("ymd")) {
                return YMD;
            }
            if (word.startsWith("dmy") || word.startsWith("euro")) {
                return DMY;
            }
            if (word.startsWith("mdy") || word.equals("us") || word.startsWith("noneuro")) {
                return MDY;
            }
            if (word.equals("german")) {
                implied = DMY;
            }
        }
        return implied;
    }
}
