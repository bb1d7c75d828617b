package dev.lifeboat.local.drill;

import java.io.IOException;
import java.sql.SQLException;

/** What is in the database that is going to be lost. */
interface DrillData {
    /** Fills the empty live database, and makes the application's role. */
    void load(LiveDatabase database) throws SQLException, IOException;

    /** What the probe asks as the application's role; no double quotes or backslashes. */
    String probeQuery();

    /** One write of an application that never stops writing, as its role; returns its time. */
    String writeStatement();

    /** How many of those writes there are. */
    String countWrites();

    /** For people. */
    String describe();
}
