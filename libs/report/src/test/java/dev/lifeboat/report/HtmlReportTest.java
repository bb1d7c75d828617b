package dev.lifeboat.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class HtmlReportTest {
    @Test
    void theVerdictComesFirst() {
        String html = HtmlReport.render(Examples.recovered());

        assertThat(html)
                .contains("<title>Lifeboat: cloudtolocalllm recovered in 4 min 12 s</title>")
                .contains("<header class=\"verdict good\">")
                .contains("<h1>Recovered in 4 min 12 s</h1>")
                .contains("Database cloudtolocalllm is back, 4 min 12 s after it failed. What was committed since the"
                        + " backup, in at most 41 min 57 s, is lost.");
    }

    @Test
    void everyBudgetSaysInWordsWhetherItWasHeld() {
        String html = HtmlReport.render(Examples.overBudget());

        assertThat(html)
                .contains("<header class=\"verdict bad\">")
                .contains("<h1>Recovered in 33 min 20 s, over budget</h1>")
                .contains("33 min 20 s of 30 min &ensp;<span class=\"mark bad\">&#10007; exceeded</span>")
                .contains("41 min 57 s of 1 h &ensp;<span class=\"mark good\">&#10003; held</span>")
                .contains("Budget: database, 15 min");
    }

    @Test
    void theAnswersOfTheLooksAreNotBroken() {
        assertThat(HtmlReport.render(Examples.recovered()))
                .contains("<th scope=\"col\" class=\"word\">Answer</th>")
                .contains("<td class=\"word\">no</td>")
                .contains(".word { white-space: nowrap; }");
    }

    @Test
    void aReportForAPersonShowsTheFailureAndTheCommands() {
        String html = HtmlReport.render(Examples.needsPerson());

        assertThat(html)
                .contains("<h1>NEEDS A PERSON</h1>")
                .contains("<strong>Step SelectBackup:</strong>"
                        + " <code>dev.lifeboat.contract.error.NoVerifiedBackupException</code>")
                .contains("<pre>BACKUP_BUCKET=cloudtolocalllm-backups scripts/aws/restore-postgres.sh list</pre>");
    }

    @Test
    void aRecoveryThatWasNotNeededIsCalm() {
        assertThat(HtmlReport.render(Examples.notNeeded()))
                .contains("<header class=\"verdict calm\">")
                .contains("<h1>Needed no recovery</h1>")
                .contains("Nothing was touched.")
                .doesNotContain("Against the budgets");
    }

    @Test
    void aSectionOfTheReadersOwnIsShownWithItsMarks() {
        assertThat(HtmlReport.render(Examples.recovered()))
                .contains("<h2>What the drill checked</h2>")
                .contains("&#10003; held</span> &ensp;14 of 14 tables equal the snapshot&#39;s")
                .contains("<td>1,204</td>");
    }

    @Test
    void theBarsLieWhereTheStepsWere() {
        // 252 s in all; RestoreShards ran from second 101 for 62 s.
        assertThat(HtmlReport.render(Examples.recovered()))
                .contains("<div class=\"bar database\" style=\"left:40.08%;width:24.60%\"></div>");
    }

    @Test
    void textStaysTextWhateverItHolds() {
        String attack = "</title><script>alert('x')</script>\"&\u0000";
        RecoveryReport report =
                Examples.needsPerson().with(new Section(attack, List.of(new Section.Row(attack, attack, null))));
        String html = HtmlReport.render(new RecoveryReport(
                1,
                attack,
                attack,
                Outcome.NEEDS_PERSON,
                report.trigger(),
                report.target(),
                attack,
                report.measures(),
                new Evidence(
                        attack,
                        attack,
                        attack,
                        null,
                        List.of(new Look(attack, attack, attack, 1)),
                        List.of(new RejectedRung(attack, attack))),
                new Restore(
                        new UsedBackup(attack, report.measures().failedAfter(), null, attack, 1, 1),
                        List.of(new RejectedBackup(attack, attack, true)),
                        new Progress(1, 1, 1, 1, 1, 1, report.measures().failedAfter()),
                        new Check(1, 1, List.of(attack)),
                        new CutOver(attack, attack, report.measures().failedAfter(), attack)),
                new Outside(
                        List.of(new Application(attack, 1, 1, true, attack)),
                        List.of(new Health(attack, 200, true, attack, 1)),
                        List.of(new DnsChange(attack, attack, attack, attack, true))),
                List.of(new Step(attack, null, report.measures().failedAfter(), 1, StepOutcome.SUCCEEDED, 1, attack)),
                new Failure(attack, attack, attack),
                List.of(new Remaining(attack, attack)),
                report.sections()));

        assertThat(html).doesNotContain("<script").doesNotContain("alert('x')").doesNotContain("\u0000");
        assertThat(html.split("&lt;script&gt;alert\\(&#39;x&#39;\\)&lt;/script&gt;&quot;&amp;\uFFFD", -1))
                .hasSizeGreaterThan(25);
    }

    @Test
    void theFileIsSelfContainedAndWellFormed() throws Exception {
        for (RecoveryReport report :
                List.of(Examples.recovered(), Examples.needsPerson(), Examples.overBudget(), Examples.notNeeded())) {
            String html = HtmlReport.render(report);

            assertThat(html.toLowerCase(Locale.ROOT))
                    .doesNotContain("<link", "<img", "src=", "url(", "@import", "<script");
            String asXml = html.replace("<!doctype html>", "")
                    .replaceAll("<meta ([^>]*)>", "<meta $1/>")
                    .replace("<br>", "<br/>")
                    .replace("&middot;", ".")
                    .replace("&ensp;", " ");
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(asXml)))
                            .getElementsByTagName("h1")
                            .getLength())
                    .isEqualTo(1);
        }
    }
}
