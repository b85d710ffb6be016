from dlrecipe.language import speak, told
from dlrecipe.report.choice import cost_of_choosing
from dlrecipe.results import Honesty


def test_a_point_is_one_and_points_are_several():
    assert "its 1.9 % is about 1 point too low: expect 2.9 %" in cost_of_choosing(
        0.019, Honesty(8, 0.029, 0.01, (0.01, 0.05))
    )
    assert "about 0.4 points too low" in cost_of_choosing(0.019, Honesty(8, 0.023, 0.004, (0.01, 0.05)))


def test_it_is_said_in_korean():
    speak("ko")
    assert "약 1 %p 낮게" in told(cost_of_choosing(0.019, Honesty(8, 0.029, 0.01, (0.01, 0.05))))
