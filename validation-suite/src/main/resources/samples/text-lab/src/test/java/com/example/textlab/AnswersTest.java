package com.example.textlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.textlab.answers.AnswerReport;
import com.example.textlab.answers.Answers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private final String text = "A text about " + UUID.randomUUID();
    private final Answers answers = new Answers(RedisUrl.get());

    @AfterEach
    void close() {
        answers.close();
    }

    @Test
    void theModelIsAskedOnce() {
        AtomicInteger asked = new AtomicInteger();

        for (int i = 0; i < 3; i++) {
            Map<String, Object> found = answers.summary(text, 100, () -> {
                asked.incrementAndGet();
                return Map.of("summary", "short");
            });
            assertEquals("short", found.get("summary"));
        }
        assertEquals(1, asked.get());
        answers.summary(text, 50, () -> Map.of("summary", "shorter " + asked.incrementAndGet()));
        assertEquals(2, asked.get());
    }

    @Test
    void anAnswerToAQuestionIsKnown() {
        assertFalse(answers.answered(text, "why?"));
        answers.answer(text, "why?", Map.of("answer", "because"));
        assertTrue(answers.answered(text, "why?"));
    }

    @Test
    void whatIsForgottenIsAskedAnew() {
        answers.answer(text, "who?", Map.of("answer", "nobody"));
        assertTrue(answers.forgetOperation("qa") >= 1);
        assertFalse(answers.answered(text, "who?"));
        answers.answer(text, "who?", Map.of("answer", "nobody"));
        assertTrue(answers.forgetAll() >= 1);
        assertFalse(answers.answered(text, "who?"));
    }

    @Test
    void theReportCounts() {
        AnswerReport report = new AnswerReport(RedisUrl.get(), Map.of("qa", Duration.ofMinutes(5)));

        report.cache().cacheResponse(text, "qa", Map.of(), Map.of("answer", 1), null);
        report.cache().getCachedResponse(text, "qa", Map.of(), null);
        assertTrue(report.ready());
        assertTrue(report.held() >= 3);
        assertEquals("hits 100.0 %, operations 2, keys 2, sizes 4, times of 1, stored 1", report.text());
        report.close();
    }
}
