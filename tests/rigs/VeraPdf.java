import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.processor.reports.enums.JobEndStatus;

/**
 * Checks PDF files against PDF/UA-1 (ISO 14289-1) with the veraPDF engine.
 *
 * <p>Paths come as arguments or, without any, as UTF-8 lines on standard input. Each gives one
 * JSON object on a line of its own, in the same order. A file that cannot be read has failed; a
 * fault of the engine itself ends the program with a stack trace and a status other than 0.
 */
public final class VeraPdf {
    private static final PDFAFlavour PDF_UA_1 = PDFAFlavour.PDFUA_1;

    /** Failures told per rule and file: one broken template breaks a rule on every line. */
    private static final int FAILURES_PER_RULE = 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private VeraPdf() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream results = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // A library that prints must not land among the results.
        System.setOut(System.err);
        VeraGreenfieldFoundryProvider.initialise();
        for (String path : arguments.length > 0 ? List.of(arguments) : readLines()) {
            results.println(check(path));
        }
    }

    private static List<String> readLines() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                .lines()
                .filter(line -> !line.isBlank())
                .collect(Collectors.toList());
    }

    private static String check(String path) throws Exception {
        // The validator is made outside the try: an engine that cannot load its rules is no
        // fault of the file.
        try (PDFAValidator validator = newValidator()) {
            int rules = validator.getProfile().getRules().size();
            try (PDFAParser parser =
                    Foundries.defaultInstance().createParser(new File(path), PDF_UA_1)) {
                return verdict(path, rules, validator.validate(parser));
            } catch (Exception | StackOverflowError error) {
                // A malformed file can surface as almost any exception.
                String reason = innermostCause(error).toString();
                return line(path, false, rules, List.of(failure("unreadable", 0, reason, "")));
            }
        }
    }

    /** The engine says only "Couldn't parse stream"; what it wraps says why. */
    private static Throwable innermostCause(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static PDFAValidator newValidator() {
        boolean logPassedChecks = false;
        boolean showErrorMessages = true;
        boolean showProgress = false;
        return Foundries.defaultInstance()
                .createValidator(
                        PDF_UA_1,
                        FAILURES_PER_RULE,
                        logPassedChecks,
                        showErrorMessages,
                        showProgress);
    }

    private static String verdict(String path, int rules, ValidationResult result)
            throws JsonProcessingException {
        List<Map<String, Object>> failures = new ArrayList<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                failures.add(
                        failure(
                                assertion.getRuleId().getClause(),
                                assertion.getRuleId().getTestNumber(),
                                assertion.getErrorMessage(),
                                assertion.getLocation().getContext()));
            }
        }
        JobEndStatus end = result.getJobEndStatus();
        if (end != JobEndStatus.NORMAL) {
            failures.add(failure("unfinished", 0, "validation ended early: " + end, ""));
        }
        return line(path, result.isCompliant() && failures.isEmpty(), rules, failures);
    }

    private static Map<String, Object> failure(
            String clause, int test, String message, String where) {
        Map<String, Object> failure = new LinkedHashMap<>();
        failure.put("clause", clause);
        failure.put("test", test);
        failure.put("message", message);
        failure.put("where", where);
        return failure;
    }

    private static String line(
            String path, boolean passed, int rules, List<Map<String, Object>> failures)
            throws JsonProcessingException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("file", path);
        line.put("passed", passed);
        line.put("rules", rules);
        line.put("failures", failures);
        return JSON.writeValueAsString(line);
    }
}
