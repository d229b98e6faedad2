"""What a pool rests on: influence of single studies, small-study effects, other selections of studies."""
