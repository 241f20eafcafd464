package io.mlassets.platform.testapp;

import io.mlassets.platform.web.ConflictException;
import io.mlassets.platform.web.NotFoundException;
import io.mlassets.platform.web.PageRequest;
import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One controller that succeeds and fails on demand. */
@SpringBootApplication
public class SmallApplication {

  /** A body. */
  public record Numbers(int count) {}

  @RestController
  static class Echo {
    @GetMapping("/api/v1/echo")
    Map<String, Integer> read(@RequestParam(defaultValue = "0") int page) {
      return Map.of("page", new PageRequest(page, 10).page());
    }

    @PostMapping("/api/v1/echo")
    Numbers write(@RequestBody Numbers numbers) {
      return switch (numbers.count()) {
        case 404 -> throw new NotFoundException("thing 404");
        case 409 -> throw new ConflictException("already so");
        case 500 -> throw new IllegalStateException("secret detail");
        default -> numbers;
      };
    }
  }
}
